package dev.narrows.data;

import dev.narrows.data.image.DecodedImage;
import dev.narrows.data.image.Decoder;
import dev.narrows.data.image.StoredImage;
import dev.narrows.data.random.Seeds;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.LongReading;
import dev.narrows.net.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One look at the images of a split, on all processors. Their order is shuffled, always in the same way: a source is
 * often sorted by class, and a look that ends early has to meet all of them.
 */
final class Looking {
    private static final int MOST_TOLD = 5;

    private final Decoding decoding;
    private final Look look;
    private final LongReading reading;
    private final List<List<Item>> parts;
    private final List<Item> items;
    private final AtomicInteger begun = new AtomicInteger();

    Looking(Decoding decoding, Split split, Look look, LongReading reading) {
        this.decoding = decoding;
        this.look = look;
        this.reading = reading;
        parts = List.of(split.train(), split.validation(), split.test());
        items = parts.stream().flatMap(Collection::stream).toList();
    }

    /** Counts of the images that one thread has looked at. */
    private static final class Counts {
        private final Decoder decoder = new Decoder();
        private final Map<Shape, Integer> shapes = new HashMap<>();
        private final Map<StoredImage, Integer> stored = new HashMap<>();
        private final Map<Integer, String> unread = new TreeMap<>();
        private final Map<Integer, String> unlike = new TreeMap<>();
        private int looked;

        private void add(Counts other) {
            looked += other.looked;
            other.shapes.forEach((shape, count) -> shapes.merge(shape, count, Integer::sum));
            other.stored.forEach((form, count) -> stored.merge(form, count, Integer::sum));
            unread.putAll(other.unread);
            unlike.putAll(other.unlike);
        }
    }

    Inspection.Seen seen() {
        int[] order = IntStream.range(0, items.size()).toArray();
        Seeds.shuffle(Seeds.generator(0, "look", 0), order);
        Counts counts = IntStream.range(0, order.length)
                .parallel()
                .collect(Counts::new, (found, i) -> look(order[i], found), Counts::add);
        Map<Integer, String> reasons = new TreeMap<>(counts.unread);
        reasons.putAll(counts.unlike);
        return new Inspection.Seen(
                counts.looked,
                items.size(),
                frequentFirst(counts.shapes),
                frequentFirst(counts.stored),
                unusable(counts.unread),
                unusable(counts.unlike),
                unusableClasses(reasons),
                counts.looked == items.size() ? emptyPart(reasons) : Optional.empty());
    }

    private void look(int index, Counts counts) {
        if (!look.goesOn(begun.getAndIncrement())) {
            return;
        }
        Item item = items.get(index);
        counts.looked++;
        try {
            DecodedImage picture = Decoding.picture(counts.decoder, item);
            counts.shapes.merge(picture.shape(), 1, Integer::sum);
            if (item.pixels() == null) {
                counts.stored.merge(counts.decoder.stored(), 1, Integer::sum);
            }
            Optional<String> unlike = decoding.unlike(picture.shape());
            if (unlike.isPresent()) {
                counts.unlike.put(index, "%s: %s".formatted(item.place(), unlike.get()));
            } else {
                decoding.check(counts.decoder, item, picture);
            }
        } catch (IOException e) {
            counts.unread.put(index, "%s: %s".formatted(item.place(), e.getMessage()));
        }
        reading.decoded(1);
    }

    private static Inspection.Unusable unusable(Map<Integer, String> reasons) {
        return new Inspection.Unusable(
                reasons.size(), reasons.values().stream().limit(MOST_TOLD).toList());
    }

    /** Classes that would be left without a training image. Images of training come first among all. */
    private List<Integer> unusableClasses(Map<Integer, String> reasons) {
        if (decoding.masked()) {
            return List.of();
        }
        Map<Integer, Boolean> unusable = new TreeMap<>();
        List<Item> train = parts.get(0);
        for (int i = 0; i < train.size(); i++) {
            unusable.merge(train.get(i).label(), reasons.containsKey(i), Boolean::logicalAnd);
        }
        return unusable.keySet().stream().filter(unusable::get).toList();
    }

    /** A part that would be left without an image, as one that cannot be used is left out. */
    private Optional<String> emptyPart(Map<Integer, String> reasons) {
        int from = 0;
        for (int part = 0; part < parts.size(); part++) {
            int to = from + parts.get(part).size();
            if (IntStream.range(from, to).allMatch(reasons::containsKey)) {
                return Optional.of(List.of("training", "validation", "test").get(part));
            }
            from = to;
        }
        return Optional.empty();
    }

    private static <T> Map<T, Integer> frequentFirst(Map<T, Integer> counts) {
        Map<T, Integer> sorted = new LinkedHashMap<>();
        List<Map.Entry<T, Integer>> entries = new ArrayList<>(counts.entrySet());
        entries.sort(Comparator.<Map.Entry<T, Integer>>comparingInt(entry -> -entry.getValue())
                .thenComparing(entry -> entry.getKey().toString()));
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
