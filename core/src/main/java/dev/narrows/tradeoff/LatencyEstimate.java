package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import dev.narrows.trial.LatencyRow;
import java.util.Optional;

/**
 * A latency or throughput with its 95 % interval over other measurements of the same network on the same host.
 *
 * <p>Calls within a round share the state of the host, so the error of a percentile is that of as many independent
 * samples as there were rounds. The slope of the percentiles of the row gives its size: a host whose neighbours slow
 * down half of the calls moves the median far and the tenth percentile little.
 *
 * @param value in the unit of the measure; without a unit if relative
 * @param margin half the width of the interval as a share of the value
 */
public record LatencyEstimate(double value, double margin) {
    /** Rounds of a latency probe; calls of different rounds are independent. */
    private static final int ROUNDS = 24;

    /** Least margin: two runs on a quiet host differ by 1.7 % in one case of ten. */
    private static final double LEAST_MARGIN = 0.015;

    private static final double NORMAL = 1.96;

    /** Estimate of a measure of a row; empty if the row lacks it. */
    public static Optional<LatencyEstimate> of(LatencyRow row, Measure measure) {
        Double p10 = row.p10Micros();
        return switch (measure) {
            case LATENCY_P10_US ->
                p10 == null ? Optional.empty() : Optional.of(new LatencyEstimate(p10, tenth(row, p10)));
            case LATENCY_P50_US -> Optional.of(new LatencyEstimate(row.p50Micros(), median(row)));
            case LATENCY_P90_US ->
                Optional.of(new LatencyEstimate(
                        row.p90Micros(), margin(row, 0.9, (row.p90Micros() - row.p50Micros()) / 0.4, row.p90Micros())));
            case LATENCY_P99_US ->
                Optional.of(new LatencyEstimate(
                        row.p99Micros(),
                        margin(row, 0.99, (row.p99Micros() - row.p90Micros()) / 0.09, row.p99Micros())));
            case INFERENCE_IMAGES_PER_SECOND -> Optional.of(new LatencyEstimate(row.imagesPerSecond(), median(row)));
            case VALIDATION_ACCURACY,
                    VALIDATION_BALANCED_ACCURACY,
                    VALIDATION_MEAN_IOU,
                    VALIDATION_DICE,
                    PARAMS,
                    MACS,
                    ACTIVATIONS,
                    INFERENCE_MEMORY_BYTES,
                    PEAK_MEMORY_BYTES,
                    TRAIN_SECONDS,
                    EPOCH_SECONDS,
                    IMAGES_PER_SECOND,
                    NARROW_DEAD_SHARE,
                    NARROW_RANK_SHARE -> Optional.empty();
        };
    }

    /**
     * The 10th percentile as a multiple of the reference kernel's: the most repeatable figure of a noisy host. Empty in
     * rows of earlier versions.
     */
    public static Optional<LatencyEstimate> relative(LatencyRow row) {
        Double p10 = row.p10Micros();
        Double relative = row.relative();
        return p10 == null || relative == null
                ? Optional.empty()
                : Optional.of(new LatencyEstimate(relative, tenth(row, p10)));
    }

    private static double tenth(LatencyRow row, double p10) {
        return margin(row, 0.1, (row.p50Micros() - p10) / 0.4, p10);
    }

    private static double median(LatencyRow row) {
        return margin(row, 0.5, row.iqrMicros() / 0.5, row.p50Micros());
    }

    /** Margin of a percentile from the slope of the percentiles around it, in microseconds for a share of 1. */
    private static double margin(LatencyRow row, double share, double slope, double value) {
        double independent = Math.max(1, Math.min(ROUNDS, row.samples()));
        double error = Math.sqrt(share * (1 - share) / independent) * slope;
        return Math.max(LEAST_MARGIN, NORMAL * error / value);
    }

    public Interval interval() {
        return new Interval(value * (1 - margin), value * (1 + margin));
    }

    /** True if the difference of two is within their noise. */
    boolean ties(LatencyEstimate other) {
        return Math.abs(other.value / value - 1) <= Math.hypot(margin, other.margin);
    }

    @Override
    public String toString() {
        return "± %.0f %%".formatted(100 * margin);
    }
}
