package dev.narrows.drawing;

import dev.narrows.drawing.PicturePart.DrawnLayer;
import dev.narrows.drawing.PicturePart.Named;
import dev.narrows.net.Shape;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Text and numbers of a picture. */
final class Wording {
    private static final long THOUSAND = 1000;
    private static final String[] UNITS = {"", " k", " M", " G", " T", " P", " E"};

    private Wording() {}

    static String shape(Shape shape) {
        return shape.height() == 1 && shape.width() == 1
                ? "" + shape.channels()
                : "%d×%d×%d".formatted(shape.channels(), shape.height(), shape.width());
    }

    /** A number with three digits and a unit prefix: {@code 4.09 G}. */
    static String number(long value) {
        if (value < THOUSAND) {
            return Long.toString(value);
        }
        double scaled = value;
        int unit = 0;
        while (scaled >= 999.5) {
            scaled /= THOUSAND;
            unit++;
        }
        int digits = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f%s", scaled, UNITS[unit]);
    }

    static String costs(int times, long params, long macs) {
        String each = times == 1 ? "" : times + " × ";
        if (params == 0 && macs == 0) {
            return "";
        }
        return "%s%s params · %s%s MACs".formatted(each, number(params), each, number(macs));
    }

    /** A single name, or the first and the last of several, with their common beginning once. */
    static String names(List<String> names) {
        String first = names.get(0);
        String last = names.get(names.size() - 1);
        if (names.size() == 1) {
            return first;
        }
        int space = first.lastIndexOf(' ') + 1;
        boolean shared = last.startsWith(first.substring(0, space)) && last.lastIndexOf(' ') + 1 == space;
        return first + (shared ? "–" + last.substring(space) : " – " + last);
    }

    /** The fewest channels within a part, if fewer than at both of its ends. */
    static OptionalInt narrowest(PicturePart part) {
        int ends = Math.min(part.in().channels(), part.out().channels());
        return part.steps()
                .filter(step -> step.kind() != PicturePart.LayerKind.KEEPING)
                .mapToInt(step -> step.out().channels())
                .filter(channels -> channels < ends)
                .min();
    }

    static String exactly(Named block) {
        String layers = String.join(
                "; ",
                block.steps()
                        .filter(step -> step.kind() != PicturePart.LayerKind.KEEPING)
                        .map(DrawnLayer::text)
                        .toList());
        return "%s%s: %s to %s, %,d params, %,d MACs: %s"
                .formatted(
                        names(block.names()),
                        block.times() > 1 ? ", %d times the same, each".formatted(block.times()) : "",
                        block.in(),
                        block.out(),
                        block.params(),
                        block.macs(),
                        layers);
    }
}
