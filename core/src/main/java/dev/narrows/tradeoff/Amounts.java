package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import java.text.NumberFormat;
import java.util.Locale;

/** Values of measures as a person reads them. Machines get theirs whole, from the Parquet and CSV tables. */
public final class Amounts {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Amounts() {}

    /** Three digits and a magnitude, k, M, G or T: {@code 1.23 M}. */
    public static String count(long number) {
        NumberFormat format = NumberFormat.getCompactNumberInstance(Locale.ENGLISH, NumberFormat.Style.SHORT);
        double magnitude = Math.abs((double) number);
        while (magnitude >= 1000) {
            magnitude /= 1000;
        }
        format.setMaximumFractionDigits(
                Math.abs((double) number) < 1000 || magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2);
        return format.format(number)
                .replaceFirst("(?<=\\d)(?=[A-Z])", " ")
                .replace('K', 'k')
                .replace('B', 'G');
    }

    /** A number with its noun: {@code 1 trial}, {@code 2,000 trials}. */
    public static String counted(long number, String noun) {
        return String.format(Locale.ENGLISH, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** {@code 450 MiB}. */
    public static String bytes(long bytes) {
        int unit = 0;
        double number = (double) bytes;
        while (number >= 1024 && unit < BYTES.length - 1) {
            number /= 1024;
            unit++;
        }
        return String.format(Locale.ENGLISH, unit == 0 || number >= 10 ? "%.0f %s" : "%.1f %s", number, BYTES[unit]);
    }

    /** {@code 85.25 %}, of a share. */
    public static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.2f %%", 100 * share);
    }

    /** {@code 85 %}, of a share. */
    public static String wholePercent(double share) {
        return String.format(Locale.ENGLISH, "%.0f %%", 100 * share);
    }

    /** Microseconds to three digits: {@code 85.3 µs}, {@code 1.24 ms}. */
    public static String micros(double micros) {
        boolean millis = micros >= 1000;
        double number = millis ? micros / 1000 : micros;
        int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
        return String.format(Locale.ENGLISH, "%." + decimals + "f %s", number, millis ? "ms" : "µs");
    }

    /** A factor to two or three digits: {@code 1.95}, {@code 0.083}, {@code 12}, and whole beyond: {@code 260}. */
    public static String factor(double factor) {
        return String.format(Locale.ENGLISH, factor >= 10 ? "%.0f" : factor < 0.1 ? "%.2g" : "%.2f", factor);
    }

    /** A value of a measure in its unit; a dash where it was not measured. */
    public static String of(Measure measure, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return switch (measure.unit()) {
            case SHARE -> percent(value);
            case COUNT -> count(Math.round(value));
            case BYTES -> bytes(Math.round(value));
            case SECONDS -> String.format(Locale.ENGLISH, "%.1f s", value);
            case MICROS -> micros(value);
            case RATE -> count(Math.round(value)) + "/s";
        };
    }

    /** A value with its measure: {@code 8.32 k params}, {@code latency p50 of 451 µs}. */
    public static String named(Measure measure, double value) {
        return measure.unit() == Measure.Unit.COUNT
                ? of(measure, value) + " " + measure.label()
                : "%s of %s".formatted(measure.label(), of(measure, value));
    }
}
