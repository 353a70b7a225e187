package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import java.util.Locale;
import java.util.Optional;

/**
 * Difference in quality of two variants, or mean difference of several pairs, with its certainty over other seeds and
 * other validation images from the same source.
 *
 * @param measure of quality that it is a difference of
 * @param value a share, -1 to 1; NaN if a variant has no completed trial
 * @param interval empty if unknown
 * @param reason for a missing interval, as the end of a sentence; empty if there is one
 * @param seeds in common
 * @param images of validation; 0 if unknown
 * @param error parts of its variance; empty if unknown
 */
public record Difference(
        Measure measure,
        double value,
        Optional<Interval> interval,
        Optional<String> reason,
        int seeds,
        int images,
        Optional<ErrorParts> error) {
    static Difference known(Measure measure, double value, ErrorParts error, int seeds, int images) {
        return new Difference(
                measure, value, Optional.of(error.around(value)), Optional.empty(), seeds, images, Optional.of(error));
    }

    static Difference unknown(Measure measure, double value, String reason, int seeds, int images) {
        return new Difference(measure, value, Optional.empty(), Optional.of(reason), seeds, images, Optional.empty());
    }

    /** The same difference from the other side. */
    public Difference reversed() {
        return new Difference(
                measure,
                0 - value,
                interval.map(known -> new Interval(0 - known.high(), 0 - known.low())),
                reason,
                seeds,
                images,
                error);
    }

    /** True if the interval excludes 0. */
    public boolean settled() {
        return interval.isPresent() && !interval.get().holds(0);
    }

    /** Text such as {@code +0.90 points, 95 % interval −0.20 … +2.00: not settled by 3 seeds and 1,000 images}. */
    public String words() {
        if (Double.isNaN(value)) {
            return "no difference is known: " + reason.orElse("");
        }
        return points(value) + " " + Quality.points(measure)
                + interval.map(known -> ", 95 %% interval %s … %s: %s by %s"
                                .formatted(
                                        points(known.low()),
                                        points(known.high()),
                                        settled() ? "settled" : "not settled",
                                        base()))
                        .orElseGet(() -> ", no interval: " + reason.orElse(""));
    }

    private String base() {
        return String.format(Locale.ENGLISH, "%d seeds and %,d images", seeds, images);
    }

    /** A difference of shares in percentage points, with its sign. */
    public static String points(double share) {
        String number = String.format(Locale.ENGLISH, "%.2f", Math.abs(100 * share));
        boolean none = number.equals("0.00");
        return none ? number : (share < 0 ? "−" : "+") + number;
    }
}
