package dev.narrows.data.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Images of a source by part. */
final class Parts {
    private final Map<Part, List<Item>> items = new EnumMap<>(Part.class);

    Parts() {
        for (Part part : Part.values()) {
            items.put(part, new ArrayList<>());
        }
    }

    void add(Part part, List<Item> more) {
        get(part).addAll(more);
    }

    private List<Item> get(Part part) {
        return items.computeIfAbsent(part, none -> new ArrayList<>());
    }

    /**
     * Makes a source of images with labels.
     *
     * @param classNames empty if the source has none; the classes are then named by their numbers
     * @throws BadData if there is no training image
     */
    Source source(String name, List<String> classNames) {
        check(name);
        List<String> names = classNames;
        if (names.isEmpty()) {
            int most = get(Part.TRAIN).stream().mapToInt(Item::label).max().orElse(0);
            names = IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
        }
        return new Source(name, names, get(Part.TRAIN), get(Part.VALIDATION), get(Part.TEST));
    }

    /**
     * Makes a source of images with masks.
     *
     * @throws BadData if there is no training image
     */
    Source masked(String name) {
        check(name);
        return Source.masked(name, get(Part.TRAIN), get(Part.VALIDATION), get(Part.TEST));
    }

    private void check(String name) {
        if (get(Part.TRAIN).isEmpty()) {
            throw new BadData("Cannot train on %s: it has no training image".formatted(name));
        }
    }
}
