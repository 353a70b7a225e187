package dev.narrows.data.source;

import dev.narrows.net.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary files of CIFAR-10 and CIFAR-100 (Krizhevsky, 2009): records of the label (in CIFAR-100 a coarse one before
 * it) and 32x32 pixels, all of red, then green, then blue.
 */
final class CifarFolder {
    private static final Shape SHAPE = new Shape(3, 32, 32);
    private static final int POSITIONS = 32 * 32;

    private CifarFolder() {}

    /** @return empty if no file has such a name */
    static Optional<Source> read(String source, SourceFiles files, List<String> paths) {
        List<String> ten = paths.stream()
                .filter(path -> path.matches("(.*/)?(data_batch_\\d|test_batch)\\.bin"))
                .toList();
        List<String> hundred = paths.stream()
                .filter(path -> path.matches("(.*/)?(train|test)\\.bin"))
                .toList();
        if (ten.isEmpty() && hundred.isEmpty()) {
            return Optional.empty();
        }
        boolean coarse = ten.isEmpty();
        Parts parts = new Parts();
        for (String path : coarse ? hundred : ten) {
            parts.add(
                    path.endsWith("test.bin") || path.endsWith("test_batch.bin") ? Part.TEST : Part.TRAIN,
                    items(files, path, coarse ? 2 : 1));
        }
        String names = coarse ? "fine_label_names.txt" : "batches.meta.txt";
        return Optional.of(parts.source(
                source,
                paths.stream()
                        .filter(path -> path.equals(names) || path.endsWith("/" + names))
                        .findFirst()
                        .map(path -> new String(files.bytes(path), StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toList())
                        .orElse(List.of())));
    }

    private static List<Item> items(SourceFiles files, String path, int labels) {
        byte[] bytes = files.bytes(path);
        int length = labels + 3 * POSITIONS;
        if (bytes.length % length != 0 || bytes.length == 0) {
            throw new BadData("Cannot read %s: its %,d bytes are no multiple of a record's %,d"
                    .formatted(files.name(path), bytes.length, length));
        }
        List<Item> items = new ArrayList<>(bytes.length / length);
        for (int at = 0; at < bytes.length; at += length) {
            byte[] pixels = new byte[3 * POSITIONS];
            for (int channel = 0; channel < 3; channel++) {
                for (int i = 0; i < POSITIONS; i++) {
                    pixels[3 * i + channel] = bytes[at + labels + channel * POSITIONS + i];
                }
            }
            items.add(new Item(pixels, SHAPE, bytes[at + labels - 1] & 0xFF, files.name(path), at / length));
        }
        return items;
    }
}
