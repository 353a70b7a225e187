package dev.narrows.jobs.plan;

import dev.narrows.checkpoint.CheckpointSize;
import dev.narrows.cost.Work;
import dev.narrows.data.Description;
import dev.narrows.engine.Host;
import dev.narrows.space.Variant;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.study.SearchSpec;
import dev.narrows.study.Training;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Expected time and space of trials before any has run: precise enough to run the longest first, and corrected by the
 * times of the trials that end.
 */
public final class Forecast {
    /**
     * Seconds of one thread for the parts of a training step: forward, backward and the optimizer.
     *
     * @param mac for a multiply-accumulate
     * @param depthwiseMac for one of a depthwise convolution
     * @param convolved for an element that a convolution reads or writes
     * @param moved for an element that any other operation writes
     * @param windowed for an element in the window of a pooling
     * @param operation for an operation on a batch
     */
    private record Pace(
            double mac, double depthwiseMac, double convolved, double moved, double windowed, double operation) {
        /** Fitted to 48 networks of nine families; docs/decisions/forecast.md has the errors. */
        private static final Pace FP32 = new Pace(6.7e-11, 3.7e-10, 1.6e-9, 1.5e-9, 2.2e-9, 7.0e-4);

        /** On the six networks of benchmarks/ a step in native bf16 takes half the time. */
        private static final Pace BF16 = new Pace(3.4e-11, 1.85e-10, 8.0e-10, 7.5e-10, 1.1e-9, 7.0e-4);

        /** The pace of a precision; bf16 counts as fp32 on hosts where it is no faster. */
        private static Pace of(Precision resolved) {
            return resolved == Precision.BF16 && Host.hasFastBf16() ? BF16 : FP32;
        }

        private double seconds(Work work, int batch) {
            return work.macs() * mac
                    + work.depthwiseMacs() * depthwiseMac
                    + work.convolved() * convolved
                    + work.moved() * moved
                    + work.windowed() * windowed
                    + work.operations() * operation / batch;
        }
    }

    /** A forward pass alone, as a share of a training step. */
    private static final double FORWARD_SHARE = 1.0 / 4;

    /** Seconds until the first step: the network is written, loaded, and its first steps are slow. */
    private static final double SECONDS_OF_SETUP = 0.3;

    /** A row in the journal with its epochs, in bytes, and what it adds to the tables. */
    private static final long BYTES_A_ROW = 25_000;

    /**
     * Forecast of several trials together.
     *
     * @param seconds of one slot, their sum
     * @param longestSeconds of one trial
     * @param memoryBytes of a training step of the trial that needs most
     */
    public record Total(double seconds, double longestSeconds, long memoryBytes) {
        /** Wall time where so many trials run at once. */
        public double wallSeconds(int slots) {
            return Math.max(longestSeconds, seconds / slots);
        }
    }

    private Forecast() {}

    /** Trials of the plan together; the memory of a step is read once for each network and kind of step. */
    public static Total of(PlannedStudy planned, List<Trial> trials) {
        return of(planned, trials, planned.secondsByTrial());
    }

    /**
     * The same by predictions that are at hand.
     *
     * @param predicted seconds of each trial, by {@link PlannedStudy#secondsByTrial}
     */
    public static Total of(PlannedStudy planned, List<Trial> trials, ToDoubleFunction<Trial> predicted) {
        Map<String, Variant> variants = planned.variantsById();
        Map<String, Set<TrainingStep>> known = new HashMap<>();
        double seconds = 0;
        double longest = 0;
        long memory = 0;
        for (Trial trial : trials) {
            Variant variant = variants.get(trial.variantId());
            if (variant == null) {
                continue;
            }
            double one = predicted.applyAsDouble(trial);
            seconds += one;
            longest = Math.max(longest, one);
            TrainingStep step = TrainingStep.of(trial.training());
            if (known.computeIfAbsent(variant.id(), id -> new HashSet<>()).add(step)) {
                memory = Math.max(
                        memory,
                        step.bytes(
                                variant.network(),
                                variant.input(),
                                planned.device().estimatedForm()));
            }
        }
        return new Total(seconds, longest, memory);
    }

    /** Seconds of one slot for a trial: training, validation after each epoch, and the test at the end. */
    static double trialSeconds(Work work, Description data, Training training) {
        double image = Pace.of(training.precision()).seconds(work, Math.min(training.batchSize(), data.train()));
        double trained = (double) data.train() * training.epochs();
        double judged = (double) data.validation() * training.epochs() + data.test();
        return SECONDS_OF_SETUP + image * (trained + FORWARD_SHARE * judged);
    }

    /** Seconds of a latency pass over so many networks. */
    public static double latencySeconds(int networks, LatencySpec spec) {
        return 1.3 * networks * spec.batchSizes().size() * spec.runtimes().size() * spec.minimumSeconds();
    }

    /**
     * Bytes that checkpoints take on disk at most.
     *
     * @param slots trials at once, of which each may be the largest
     */
    public static long checkpointBytes(PlannedStudy planned, List<Trial> trials, int slots) {
        Map<String, Variant> variants = planned.variantsById();
        Map<String, Set<Integer>> known = new HashMap<>();
        long largest = 0;
        for (Trial trial : trials) {
            Variant variant = variants.get(trial.variantId());
            Training training = trial.training();
            // A trial of one epoch leaves none.
            if (variant != null
                    && training.epochs() > 1
                    && known.computeIfAbsent(variant.id(), id -> new HashSet<>())
                            .add(training.optimizer().state().size())) {
                largest = Math.max(largest, CheckpointSize.most(variant.network(), variant.input(), training));
            }
        }
        return (keepsPaused(planned) ? trials.size() : Math.min(slots, trials.size())) * largest;
    }

    /** True where trials may pause, whose checkpoints stay. */
    public static boolean keepsPaused(PlannedStudy planned) {
        return planned.study().search().filter(SearchSpec::stops).isPresent();
    }

    /** Bytes on disk of so many trials. */
    public static long diskBytes(long trials) {
        return trials * BYTES_A_ROW;
    }
}
