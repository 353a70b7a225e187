package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.List;
import java.util.stream.Stream;

/** The measure of quality of a study: its variants are compared by it, and it is what has intervals. */
public final class Quality {
    private Quality() {}

    /**
     * The measure of quality that some variant has: that of the first objective on one, else mean IoU for masks, else
     * accuracy.
     */
    public static Measure of(List<Objective> objectives, List<VariantSummary> summaries) {
        return Stream.concat(
                        objectives.stream().map(Objective::measure),
                        Stream.of(Measure.VALIDATION_MEAN_IOU, Measure.VALIDATION_ACCURACY))
                .filter(Measure::isQuality)
                .filter(measure -> summaries.stream().anyMatch(summary -> !Double.isNaN(summary.measure(measure))))
                .findFirst()
                .orElse(Measure.VALIDATION_ACCURACY);
    }

    /** The best by a measure, after an article: {@code most accurate}, or {@code best by mean IoU}. */
    public static String superlative(Measure measure) {
        return measure == Measure.VALIDATION_ACCURACY ? "most accurate" : "best by " + measure.label();
    }

    /** The unit of a difference: {@code points} of accuracy, or {@code points of mean IoU}. */
    public static String points(Measure measure) {
        return measure == Measure.VALIDATION_ACCURACY ? "points" : "points of " + measure.label();
    }
}
