package dev.narrows.jobs.show;

import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Amounts;
import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. Machines get theirs whole, from the Parquet and CSV tables. */
public final class Numbers {
    private Numbers() {}

    /** Three digits and a magnitude, k, M, G or T: {@code 1.23 M}. */
    public static String count(long number) {
        return Amounts.count(number);
    }

    /** A number with its noun: {@code 1 trial}, {@code 2 trials}. */
    public static String counted(long number, String noun) {
        return Amounts.counted(number, noun);
    }

    /** A number with a noun whose plural is irregular: {@code 1 family}, {@code 2 families}. */
    public static String counted(long number, String one, String several) {
        return "%,d %s".formatted(number, number == 1 ? one : several);
    }

    /** {@code 450 MiB}. */
    public static String bytes(long bytes) {
        return Amounts.bytes(bytes);
    }

    /** {@code 85.25 %}, of a share. */
    public static String percent(double share) {
        return Amounts.percent(share);
    }

    /** {@code 85 %}, of a share. */
    public static String wholePercent(double share) {
        return Amounts.wholePercent(share);
    }

    /** {@code 1 h 05 min}, {@code 3 min 20 s}, {@code 12 s}. */
    public static String duration(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(Math.max(0, seconds)));
        if (time.toHours() >= 100) {
            return time.toDays() + " days";
        }
        if (time.toHours() > 0) {
            return "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
        }
        if (time.toMinutes() > 0) {
            return "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return time.toSeconds() + " s";
    }

    /** A range of durations in the unit of the longer one, to two digits: {@code 2 to 6 min}, {@code 0.5 to 2 h}. */
    public static String duration(double low, double high) {
        double unit = high < 90 ? 1 : high < 90 * 60 ? 60 : high < 48 * 3600 ? 3600 : 86400;
        String name = unit == 1 ? "s" : unit == 60 ? "min" : unit == 3600 ? "h" : "days";
        String from = digits(Math.max(0, low) / unit);
        String to = digits(Math.max(0, high) / unit);
        return from.equals(to) ? "%s %s".formatted(to, name) : "%s to %s %s".formatted(from, to, name);
    }

    private static String digits(double number) {
        return String.format(Locale.ENGLISH, number < 9.95 ? "%.1f" : "%.0f", number)
                .replaceFirst("\\.0$", "");
    }

    /** A value of a measure in its unit; a dash where it was not measured. */
    public static String measure(Measure measure, double value) {
        return Amounts.of(measure, value);
    }

    /** Microseconds to three digits: {@code 85.3 µs}, {@code 1.24 ms}. */
    public static String micros(double micros) {
        return Amounts.micros(micros);
    }
}
