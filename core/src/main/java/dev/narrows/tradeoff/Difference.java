package dev.narrows.tradeoff;

import java.util.Locale;
import java.util.Optional;

/**
 * By how much one variant is more accurate than another, or each of several than its counterpart, and how sure that is:
 * over other seeds and over other validation images from the same source.
 *
 * @param value a share, -1 to 1; NaN where one of them has no completed trial
 * @param interval empty where it cannot be told
 * @param reason why there is no interval, as the end of a sentence; empty where there is one
 * @param seeds that both have
 * @param images of validation; 0 where that is not known
 */
public record Difference(double value, Optional<Interval> interval, Optional<String> reason, int seeds, int images) {
    static Difference known(double value, Interval interval, int seeds, int images) {
        return new Difference(value, Optional.of(interval), Optional.empty(), seeds, images);
    }

    static Difference unknown(double value, String reason, int seeds, int images) {
        return new Difference(value, Optional.empty(), Optional.of(reason), seeds, images);
    }

    /** Whether the interval leaves no doubt about which is better. */
    public boolean settled() {
        return interval.isPresent() && !interval.get().holds(0);
    }

    /** {@code +0.90 points, 95 % interval −0.20 … +2.00: not settled by 3 seeds and 1,000 images}. */
    public String words() {
        if (Double.isNaN(value)) {
            return "no difference is known: " + reason.orElse("");
        }
        return points(value) + " points"
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
