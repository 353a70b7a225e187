package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The measure of quality of a study: its variants are compared by it, and it is what has intervals. */
public final class Quality {
    private Quality() {}

    /** The measure of quality that some variant has, as {@link #ofRows} finds it. */
    public static Measure of(List<Objective> objectives, List<VariantSummary> summaries) {
        return ofRows(
                objectives,
                summaries.stream().flatMap(summary -> summary.chosen().stream()).toList());
    }

    /**
     * The measure of quality that some trial has: that of the first objective on one, else mean IoU for masks, else
     * accuracy.
     */
    public static Measure ofRows(List<Objective> objectives, List<TrialRow> rows) {
        return Stream.concat(
                        objectives.stream().map(Objective::measure),
                        Stream.of(Measure.VALIDATION_MEAN_IOU, Measure.VALIDATION_ACCURACY))
                .filter(Measure::isQuality)
                .filter(measure -> rows.stream().anyMatch(row -> !Double.isNaN(of(row, measure))))
                .findFirst()
                .orElse(Measure.VALIDATION_ACCURACY);
    }

    /** A trial's own value of a measure of quality, on the validation images; NaN where it has none. */
    public static double of(TrialRow row, Measure measure) {
        TrialResult result = row.result();
        return of(
                measure,
                result.finalValidationAccuracy(),
                result.validationBalancedAccuracy(),
                result.finalValidationOverlap());
    }

    /** Mean over a variant's seeds of its value on the test images; empty where none was measured. */
    public static OptionalDouble meanOnTest(VariantSummary summary, Measure measure) {
        return summary.chosen().stream()
                .mapToDouble(row -> onTest(row, measure))
                .filter(value -> !Double.isNaN(value))
                .average();
    }

    private static double onTest(TrialRow row, Measure measure) {
        TrialResult result = row.result();
        return of(measure, result.testAccuracy(), result.testBalancedAccuracy(), result.testOverlap());
    }

    private static double of(
            Measure measure, @Nullable Double accuracy, @Nullable Double balanced, @Nullable Overlap overlap) {
        return choose(
                measure,
                orMissing(accuracy),
                orMissing(balanced),
                overlap == null ? Double.NaN : overlap.meanIou(),
                overlap == null ? Double.NaN : overlap.dice());
    }

    /**
     * The one of four that belongs to a measure.
     *
     * @throws IllegalArgumentException where it is no measure of quality
     */
    static <T> T choose(Measure measure, T accuracy, T balancedAccuracy, T meanIou, T dice) {
        return switch (measure) {
            case VALIDATION_ACCURACY -> accuracy;
            case VALIDATION_BALANCED_ACCURACY -> balancedAccuracy;
            case VALIDATION_MEAN_IOU -> meanIou;
            case VALIDATION_DICE -> dice;
            case PARAMS,
                    MACS,
                    ACTIVATIONS,
                    INFERENCE_MEMORY_BYTES,
                    PEAK_MEMORY_BYTES,
                    TRAIN_SECONDS,
                    EPOCH_SECONDS,
                    IMAGES_PER_SECOND,
                    NARROW_DEAD_SHARE,
                    NARROW_RANK_SHARE,
                    LATENCY_P10_US,
                    LATENCY_P50_US,
                    LATENCY_P90_US,
                    LATENCY_P99_US,
                    INFERENCE_IMAGES_PER_SECOND ->
                throw new IllegalArgumentException("Cannot take %s for a measure of quality".formatted(measure));
        };
    }

    private static double orMissing(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** The best by a measure, after an article: {@code most accurate}, or {@code best by mean IoU}. */
    public static String superlative(Measure measure) {
        return measure == Measure.VALIDATION_ACCURACY ? "most accurate" : "best by " + measure.label();
    }

    /** The name before a value, with a space behind it; empty for accuracy, of which values are that have no name. */
    public static String nameBefore(Measure measure) {
        return measure == Measure.VALIDATION_ACCURACY ? "" : measure.label() + " ";
    }

    /** The unit of a difference: {@code points} of accuracy, or {@code points of mean IoU}. */
    public static String points(Measure measure) {
        return measure == Measure.VALIDATION_ACCURACY ? "points" : "points of " + measure.label();
    }
}
