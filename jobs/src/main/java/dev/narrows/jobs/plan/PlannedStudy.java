package dev.narrows.jobs.plan;

import dev.narrows.cost.Work;
import dev.narrows.data.Datasets;
import dev.narrows.data.Description;
import dev.narrows.data.source.BadData;
import dev.narrows.engine.DeviceBudget;
import dev.narrows.engine.LatencyProbe;
import dev.narrows.engine.ResidentImages;
import dev.narrows.engine.StudyDevice;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.cluster.StudyDevices;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.space.Plan;
import dev.narrows.space.Planned;
import dev.narrows.space.Planner;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/**
 * A study with its data and its plan, before anything runs.
 *
 * @param data descriptions of the images of each choice; empty for a study that only plans
 * @param device that its trials run on
 */
public record PlannedStudy(Study study, Map<DataSpec, Description> data, Plan plan, StudyDevice device) {
    /** Some seconds of decoding JPEGs on one processor. */
    private static final long LONG_READING_BYTES = 50_000_000;

    public PlannedStudy {
        data = Map.copyOf(data);
    }

    /**
     * The plan of a study on the devices that this process's Spark settings ask for.
     *
     * @throws BadInput where the data cannot be used, or the grids are empty
     */
    public static PlannedStudy of(Study study) {
        return of(study, StudyDevices.asked(new SparkConf()));
    }

    /**
     * The plan of a study on a kind of device.
     *
     * @throws BadInput as above
     */
    public static PlannedStudy of(Study study, StudyDevice device) {
        return of(study, describe(study), device);
    }

    /**
     * The plan of a study with its data described.
     *
     * @throws BadInput where the data do not suit the study, or the grids are empty
     */
    public static PlannedStudy of(Study study, Map<DataSpec, Description> data, StudyDevice device) {
        return new PlannedStudy(study, data, Planner.plan(study, input(study, data)), device);
    }

    /** The same plan for another device, on which its trials may have other ids. */
    public PlannedStudy on(StudyDevice other) {
        return new PlannedStudy(study, data, plan, other);
    }

    /**
     * Every point of a study's grids, built on demand and not kept.
     *
     * @throws BadInput as {@link #of(Study)}
     */
    public static Iterator<Planned> stream(Study study, Map<DataSpec, Description> data) {
        return Planner.stream(study, input(study, data));
    }

    private static Map<DataSpec, Description> describe(Study study) {
        return read(study, spec -> Datasets.describe(spec, HadoopSettings.here()));
    }

    /**
     * Something of the images of each choice of data, in the order of the study.
     *
     * @throws BadInput where the data cannot be used
     */
    public static <T> Map<DataSpec, T> read(Study study, Function<DataSpec, T> reading) {
        Map<DataSpec, T> data = new LinkedHashMap<>();
        for (DataSpec spec : study.data()) {
            try {
                data.put(spec, reading.apply(spec));
            } catch (BadData e) {
                throw new BadInput("%s: %s".formatted(study.file(), e.getMessage()));
            }
        }
        return data;
    }

    /** Input of the networks of a study: that of its data, or its own setting. */
    private static Study.Input input(Study study, Map<DataSpec, Description> data) {
        return data.values().stream()
                .findFirst()
                .map(images -> new Study.Input(images.shape(), images.classes(), Optional.of(images.task())))
                .or(study::input)
                .orElseThrow(() -> new BadInput("%s: Cannot plan without data or input".formatted(study.file())));
    }

    /** Every trial of the study, in the precision that {@code AUTO} stands for on its device. */
    public List<Trial> trials() {
        return trials(device.resolve(Precision.AUTO));
    }

    /** The trials that a run may train: all, or of a searched study those with the first seed of their variant. */
    public List<Trial> candidates() {
        if (study.search().isEmpty()) {
            return trials();
        }
        Map<String, Variant> variants = variantsById();
        return trials().stream()
                .filter(trial ->
                        Objects.requireNonNull(variants.get(trial.variantId())).firstSeed() == trial.seed())
                .toList();
    }

    /** True where ids of trials depend on a device that nobody has asked yet. */
    public boolean needsDevice() {
        return !device.isKnown() && study.training().stream().anyMatch(t -> t.precision() == Precision.AUTO);
    }

    /**
     * Every trial of the study.
     *
     * @param resolved the precision that {@code AUTO} stands for where the trials run
     */
    public List<Trial> trials(Precision resolved) {
        return plan.trials(study, fingerprints(), resolved);
    }

    public Map<DataSpec, String> fingerprints() {
        Map<DataSpec, String> fingerprints = new HashMap<>();
        data.forEach((spec, images) -> fingerprints.put(spec, images.fingerprint()));
        return fingerprints;
    }

    /** A line on what executors do before their first trial, where that takes them long. */
    public Optional<String> longReading() {
        List<String> sets = data.entrySet().stream()
                .filter(set -> set.getValue().bytes() > LONG_READING_BYTES)
                .map(set -> "%,d images of %s (%s)"
                        .formatted(
                                set.getValue().images(),
                                set.getKey().source(),
                                Numbers.bytes(set.getValue().bytes())))
                .distinct()
                .toList();
        return sets.isEmpty()
                ? Optional.empty()
                : Optional.of("Each executor reads and decodes %s before its first trial"
                        .formatted(String.join(", then ", sets)));
    }

    /** The seconds that each trial is expected to take; 0 for one whose variant is not in the plan. */
    public ToDoubleFunction<Trial> secondsByTrial() {
        Map<String, Variant> variants = variantsById();
        Map<String, Work> works = new ConcurrentHashMap<>();
        return trial -> {
            Variant variant = variants.get(trial.variantId());
            Description images = data.get(trial.data());
            return variant == null || images == null
                    ? 0
                    : Forecast.trialSeconds(
                            works.computeIfAbsent(variant.id(), id -> Work.of(variant.network(), variant.input())),
                            images,
                            trial.training());
        };
    }

    /** Targets of the latency pass: these variants, each as it would be deployed. */
    public List<LatencyProbe.Target> targets(Set<String> variantIds) {
        return plan.variants().stream()
                .filter(variant -> variantIds.contains(variant.id()))
                .map(variant ->
                        new LatencyProbe.Target(variant.id(), variant.label(), variant.network(), variant.input()))
                .toList();
    }

    /** Memory that the largest trial needs of an executor, by the executor's own estimate. */
    public ExecutorMemory.Need memoryOfATrial(SparkConf conf) {
        return memoryOfATrial(conf, memoryByVariant());
    }

    /** The same, where the memory of each variant is known. */
    public ExecutorMemory.Need memoryOfATrial(SparkConf conf, List<VariantMemory> each) {
        return new ExecutorMemory.Need(largest(each), imageBytes(), residentBytes(), TaskDevice.isGpu(conf));
    }

    /** Memory that a training step of the largest trial needs where its tensors lie. */
    public long largestTrialBytes() {
        return largest(memoryByVariant());
    }

    private static long largest(List<VariantMemory> each) {
        return each.stream().mapToLong(VariantMemory::most).max().orElse(0);
    }

    /** Memory of the decoded images of all choices, with their masks. */
    public long imageBytes() {
        return data.values().stream().mapToLong(Description::bytes).sum();
    }

    /** Memory of a GPU for those of them that stay there. */
    private long residentBytes() {
        boolean deformed =
                study.training().stream().allMatch(t -> t.augmentation().elastic() > 0);
        return data.values().stream()
                .mapToLong(set -> ResidentImages.bytes(set, deformed))
                .sum();
    }

    /**
     * The same place, with as many trials at once on each GPU as its memory and the cores of this machine allow, where
     * that was left to the plan. On a GPU whose memory is not known one trial runs at a time.
     */
    public ComputePlace fitted(ComputePlace place) {
        return place.gpus()
                .filter(WorkstationGpus::fitted)
                .map(gpus ->
                        place.with(gpus.with(trialsPerGpu(Runtime.getRuntime().availableProcessors()
                                / study.threads()
                                / gpus.addresses().size()))))
                .orElse(place);
    }

    /** Trials at once on one GPU, for which so many slots have a core each. */
    int trialsPerGpu(int slots) {
        OptionalLong memory = device.gpuMemoryBytes();
        return memory.isEmpty()
                ? 1
                : DeviceBudget.trialsAtOnce(
                        DeviceBudget.recordedBytes(largestTrialBytes()),
                        memory.getAsLong(),
                        residentBytes(),
                        Math.max(1, slots));
    }

    /**
     * A sentence on trials that are too large for their share of a GPU; empty where all fit, or where its memory is not
     * known.
     *
     * @param trialsPerGpu at once on one GPU
     */
    public Optional<String> gpuMemoryAdvice(int trialsPerGpu) {
        OptionalLong memory = device.gpuMemoryBytes();
        if (memory.isEmpty()) {
            return Optional.empty();
        }
        long largest = largestTrialBytes();
        DeviceBudget slot = DeviceBudget.expected(memory.getAsLong(), trialsPerGpu, residentBytes());
        if (slot.admits(largest)) {
            return Optional.empty();
        }
        int fitting = DeviceBudget.trialsAtOnce(largest, memory.getAsLong(), residentBytes(), trialsPerGpu);
        return Optional.of(("The largest trial of this study needs about %s of a GPU, and each of %s at once on %s has"
                        + " %s: trials that do not fit end out-of-memory (%s)")
                .formatted(
                        Numbers.bytes(largest),
                        Numbers.counted(trialsPerGpu, "trial"),
                        device.text(),
                        Numbers.bytes(slot.slotBytes()),
                        fitting < trialsPerGpu
                                ? "it fits with %s at once".formatted(Numbers.counted(fitting, "trial"))
                                : "a smaller batch needs less"));
    }

    /**
     * Memory that the trials of a variant need of an executor, by the executor's own estimate.
     *
     * @param least of the trial that needs least
     * @param most of the trial that needs most
     */
    public record VariantMemory(Variant variant, long least, long most) {}

    /** The memory of each variant, in the order of the plan; none for a study without data. */
    public List<VariantMemory> memoryByVariant() {
        Set<TrainingStep> steps = study.training().stream()
                .map(training -> training.withPrecision(device.resolve(training.precision())))
                .flatMap(training -> data.values().stream().map(images -> TrainingStep.of(training, images.train())))
                .collect(Collectors.toSet());
        return steps.isEmpty()
                ? List.of()
                : plan.variants().stream()
                        .map(variant -> {
                            LongSummaryStatistics bytes = steps.stream()
                                    .mapToLong(step ->
                                            step.bytes(variant.network(), variant.input(), device.estimatedForm()))
                                    .summaryStatistics();
                            return new VariantMemory(variant, bytes.getMin(), bytes.getMax());
                        })
                        .toList();
    }

    public Map<String, Variant> variantsById() {
        Map<String, Variant> variants = new LinkedHashMap<>();
        plan.variants().forEach(variant -> variants.put(variant.id(), variant));
        return variants;
    }
}
