package dev.narrows.data.source;

import dev.narrows.data.image.Decoder;
import dev.narrows.study.Preparation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Derives the classes of a source from its masks: each value that occurs is a class. */
public final class MaskClasses {
    private static final int VALUES = 256;

    /** More classes than short training can separate, and fewer values than a blurred mask has. */
    private static final int MOST_CLASSES = 64;

    private MaskClasses() {}

    /**
     * Reads every mask.
     *
     * @param ignore values that are not classes
     * @throws BadData if a mask cannot be read, the masks have too many values, or a value is in no training mask
     */
    public static Source of(Source source, List<Integer> ignore, Preparation.Corrupt corrupt) {
        boolean[] train = values(source, source.train(), corrupt);
        List<Item> others = Stream.concat(source.validation().stream(), source.test().stream())
                .toList();
        boolean[] rest = values(source, others, corrupt);
        List<Integer> found = new ArrayList<>();
        for (int value = 0; value < VALUES; value++) {
            if (ignore.contains(value)) {
                continue;
            }
            if (train[value]) {
                found.add(value);
            } else if (rest[value]) {
                throw new BadData(("Cannot learn the class of mask value %d of %s: no training mask has it"
                                + " (data.ignore = %d leaves its positions out)")
                        .formatted(value, source.name(), value));
            }
        }
        if (found.size() > MOST_CLASSES) {
            throw new BadData(("Cannot take the masks of %s: they have %d different values, and each would be a class"
                            + " (a mask saved as JPEG, or scaled, has blurred borders)")
                    .formatted(source.name(), found.size()));
        }
        if (found.size() < 2) {
            throw new BadData("Cannot learn from the masks of %s: all their positions are %s%s"
                    .formatted(
                            source.name(),
                            found.isEmpty() ? "ignored" : found.get(0),
                            ignore.isEmpty() || found.isEmpty() ? "" : " or ignored"));
        }
        boolean named = source.classNames().size() == found.size();
        return source.withClasses(
                named
                        ? source.classNames()
                        : found.stream().map(value -> Integer.toString(value)).toList(),
                found);
    }

    private static boolean[] values(Source source, List<Item> items, Preparation.Corrupt corrupt) {
        return IntStream.range(0, items.size())
                .parallel()
                .mapToObj(i -> values(source, items.get(i), corrupt))
                .reduce(new boolean[VALUES], (one, other) -> {
                    boolean[] either = new boolean[VALUES];
                    for (int value = 0; value < VALUES; value++) {
                        either[value] = one[value] || other[value];
                    }
                    return either;
                });
    }

    private static boolean[] values(Source source, Item item, Preparation.Corrupt corrupt) {
        boolean[] found = new boolean[VALUES];
        byte @Nullable [] mask = item.mask();
        if (mask == null) {
            throw new IllegalStateException("Cannot read the mask of %s: it has none".formatted(item.place()));
        }
        if (item.unread().isPresent()) {
            if (corrupt == Preparation.Corrupt.REFUSE) {
                throw new BadData("Cannot read %s: %s: %s"
                        .formatted(source.name(), item.place(), item.unread().get()));
            }
            return found;
        }
        try {
            for (byte value : item.pixels() == null ? new Decoder().mask(mask).pixels() : mask) {
                found[value & 0xFF] = true;
            }
        } catch (IOException e) {
            if (corrupt == Preparation.Corrupt.REFUSE) {
                throw new BadData(
                        "Cannot read %s: %s: its mask: %s".formatted(source.name(), item.place(), e.getMessage()), e);
            }
        }
        return found;
    }
}
