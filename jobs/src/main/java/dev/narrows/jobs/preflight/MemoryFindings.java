package dev.narrows.jobs.preflight;

import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.plan.PlannedStudy.VariantMemory;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;

/**
 * Findings about the memory of trials. Where executors are given their memory, the largest trial must fit. In this
 * process a study is refused only where no trial can fit, and a trial that does not ends out-of-memory.
 */
final class MemoryFindings {
    private static final String SMALLER = "a smaller training.batch-size needs less";
    private static final String FEWER = SMALLER + ", and fewer --slots give each more";

    private final PlannedStudy planned;
    private final Study study;
    private final SparkConf conf;
    private final List<VariantMemory> each;
    private final ExecutorMemory.Need need;

    /** @param planned with variants and data */
    MemoryFindings(PlannedStudy planned, SparkConf conf) {
        this.planned = planned;
        this.conf = conf;
        study = planned.study();
        each = planned.memoryByVariant();
        need = planned.memoryOfATrial(conf, each);
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        OptionalLong slot = ExecutorMemory.slotHere(conf, need, ExecutorMemory.ENGINE_BYTES);
        findings.add(fact(slot));
        findings.addAll(ofExecutors());
        findings.addAll(ofGpus());
        if (slot.isPresent() && need.trialBytes() > slot.getAsLong()) {
            findings.add(beyond(slot.getAsLong()));
        }
        return findings;
    }

    /** The warning where the largest trial does not fit its share of a GPU. */
    List<Finding> ofGpus() {
        return planned
                .gpuMemoryAdvice(TaskDevice.trialsPerGpu(conf))
                .map(advice ->
                        new Finding(Severity.WARNING, Topic.MEMORY, "", advice, Map.of("need", need.trialBytes()), ""))
                .stream()
                .toList();
    }

    /** Findings about executors that are given their memory. */
    List<Finding> ofExecutors() {
        ExecutorMemory memory = ExecutorMemory.of(conf, study.threads(), () -> need);
        Optional<Finding> refused = memory.refuses().map(this::refused);
        return refused
                .or(() -> memory.advice()
                        .map(advice -> new Finding(
                                Severity.WARNING, Topic.MEMORY, "", advice, Map.of("need", need.trialBytes()), "")))
                .stream()
                .toList();
    }

    Optional<Finding> onExecutor(String executor, long memoryBytes, int cores) {
        boolean measured =
                ExecutorMemory.of(conf, study.threads(), () -> need) instanceof ExecutorMemory.MeasuredMemory;
        OptionalLong slot =
                measured ? ExecutorMemory.slotOf(memoryBytes, cores, study.threads(), need) : OptionalLong.empty();
        return slot.isPresent() && need.trialBytes() > slot.getAsLong()
                ? Optional.of(new Finding(
                        Severity.WARNING,
                        Topic.MEMORY,
                        executor,
                        ("the largest trial needs about %s, and a trial may have about %s there: such"
                                        + " trials end out-of-memory")
                                .formatted(Numbers.bytes(need.trialBytes()), Numbers.bytes(slot.getAsLong())),
                        Map.of("need", need.trialBytes(), "slot", slot.getAsLong()),
                        SMALLER))
                : Optional.empty();
    }

    private Finding fact(OptionalLong slot) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("need", need.trialBytes());
        slot.ifPresent(bytes -> values.put("slot", bytes));
        return Finding.fact(
                Topic.MEMORY,
                "%s, and the largest trial needs about %s %s%s"
                        .formatted(
                                Numbers.counted(planned.plan().variants().size(), "variant"),
                                Numbers.bytes(need.trialBytes()),
                                planned.device().isGpu() ? "of a GPU" : "beside the heap",
                                slot.isPresent()
                                        ? "; a trial may have about %s here".formatted(Numbers.bytes(slot.getAsLong()))
                                        : ""),
                values);
    }

    private Finding refused(String why) {
        return new Finding(
                Severity.ERROR,
                Topic.MEMORY,
                study.file(),
                "Cannot run study %s at %s: %s".formatted(study.name(), conf.get("spark.master"), why),
                Map.of("need", need.trialBytes()),
                "");
    }

    /** Some trials do not fit a slot. None fits for sure where the least is larger than all but the images leave. */
    private Finding beyond(long slot) {
        VariantMemory least = each.stream()
                .min(Comparator.comparingLong(VariantMemory::least))
                .orElseThrow();
        VariantMemory most =
                each.stream().max(Comparator.comparingLong(VariantMemory::most)).orElseThrow();
        long bound = ExecutorMemory.slotHere(conf, need, 0).orElse(slot);
        if (least.least() > bound) {
            return new Finding(
                    Severity.ERROR,
                    Topic.MEMORY,
                    study.file(),
                    ("Cannot run study %s on this machine: no trial fits; the smallest (%s) needs about %s,"
                                    + " and a trial may have about %s")
                            .formatted(
                                    study.name(),
                                    least.variant().label(),
                                    Numbers.bytes(least.least()),
                                    Numbers.bytes(slot)),
                    Map.of("need", least.least(), "slot", slot),
                    FEWER);
        }
        long beyond = each.stream().filter(variant -> variant.most() > slot).count();
        return new Finding(
                Severity.WARNING,
                Topic.MEMORY,
                study.file(),
                ("trials of %d of %s need more memory than the %s that a trial may have here, and would end"
                                + " out-of-memory: %s needs about %s")
                        .formatted(
                                beyond,
                                Numbers.counted(each.size(), "variant"),
                                Numbers.bytes(slot),
                                most.variant().label(),
                                Numbers.bytes(most.most())),
                Map.of("need", most.most(), "slot", slot, "variants", beyond),
                FEWER);
    }
}
