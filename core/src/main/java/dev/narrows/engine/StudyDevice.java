package dev.narrows.engine;

import dev.narrows.gpu.GpuModel;
import dev.narrows.program.Form;
import dev.narrows.study.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The kind of device that the trials of a study run on. It is part of the plan: {@code precision = auto} stands for
 * what is fast there, and the precision is part of a trial's id.
 */
public sealed interface StudyDevice {
    /** Precision that {@code AUTO} means there; any other stays as it is. */
    Precision resolve(Precision asked);

    /** Advice for a user who asked for this precision there; empty where there is nothing to say. */
    Optional<String> advice(Precision resolved);

    /** The device for a person, after the word "for". */
    String text();

    /** True where it is known which device that is. */
    boolean isKnown();

    /** True of GPUs. */
    boolean isGpu();

    /** Form by which the memory of a training step is estimated before an executor has chosen one. */
    default Form estimatedForm() {
        return isGpu() ? Form.GPU_CHANNELS_LAST : Form.CHANNELS_LAST;
    }

    /** Memory of one GPU, of the smallest where they differ; empty on processors, and where it is not known. */
    OptionalLong gpuMemoryBytes();

    /** A sentence on devices whose rows cannot be compared; empty where all are of one kind. */
    Optional<String> mixed();

    /** The processor of this process. */
    static StudyDevice here() {
        return new OnProcessor();
    }

    /** GPUs that nobody has asked yet: those that executors will have. */
    static StudyDevice ofUnseenGpus() {
        return new OnGpus(List.of());
    }

    /**
     * The GPUs of a study.
     *
     * @param models of all of them, in any order
     * @throws IllegalArgumentException where there are none
     */
    static StudyDevice of(List<GpuModel> models) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("Cannot plan for GPUs: none was found");
        }
        return new OnGpus(models);
    }

    /** The processor of this process, which stands for those of a cluster's executors. */
    record OnProcessor() implements StudyDevice {
        @Override
        public Precision resolve(Precision asked) {
            return Host.resolve(asked);
        }

        @Override
        public Optional<String> advice(Precision resolved) {
            return Host.advice(resolved);
        }

        @Override
        public String text() {
            return "this processor";
        }

        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isGpu() {
            return false;
        }

        @Override
        public OptionalLong gpuMemoryBytes() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<String> mixed() {
            return Optional.empty();
        }
    }

    /**
     * GPUs.
     *
     * @param models each kind once; empty where nobody has asked them yet
     */
    record OnGpus(List<GpuModel> models) implements StudyDevice {
        public OnGpus {
            models = models.stream()
                    .distinct()
                    .sorted(Comparator.comparing(GpuModel::name).thenComparing(GpuModel::memoryBytes))
                    .toList();
        }

        /**
         * The precision that all of them compute in: bf16 from Ampere on, and of GPUs that nobody has asked, for most
         * are newer.
         */
        @Override
        public Precision resolve(Precision asked) {
            return switch (asked) {
                case AUTO -> oldest().isEmpty() ? Precision.BF16 : Precision.FP32;
                case FP32, BF16, FP16 -> asked;
            };
        }

        /** The first GPU that does not compute bf16. */
        private Optional<GpuModel> oldest() {
            return models.stream()
                    .filter(model -> !model.capability().computesBf16())
                    .min(Comparator.comparing(GpuModel::capability));
        }

        @Override
        public Optional<String> advice(Precision resolved) {
            return resolved == Precision.BF16
                    ? oldest().map(model -> ("bf16 will be slow on %s: GPUs compute it from compute capability 8.0 on;"
                                    + " precision = auto takes %s")
                            .formatted(model, resolve(Precision.AUTO).name().toLowerCase(Locale.ROOT)))
                    : Optional.empty();
        }

        @Override
        public String text() {
            return models.isEmpty()
                    ? "GPUs of compute capability 8.0 or later; a run asks its executors"
                    : models.stream().map(GpuModel::toString).collect(Collectors.joining(", "));
        }

        @Override
        public boolean isKnown() {
            return !models.isEmpty();
        }

        @Override
        public boolean isGpu() {
            return true;
        }

        @Override
        public OptionalLong gpuMemoryBytes() {
            return models.stream().mapToLong(GpuModel::memoryBytes).min();
        }

        @Override
        public Optional<String> mixed() {
            return models.size() < 2
                    ? Optional.empty()
                    : Optional.of(("Trials will run on %d kinds of GPU (%s): times, latencies and the last bits"
                                    + " of accuracies differ between them")
                            .formatted(models.size(), text()));
        }
    }
}
