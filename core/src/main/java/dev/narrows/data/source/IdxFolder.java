package dev.narrows.data.source;

import dev.narrows.net.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** MNIST's IDX files: two zero bytes, the type, the number of dimensions, each dimension (big-endian), the data. */
final class IdxFolder {
    private static final int UNSIGNED_BYTES = 8;
    private static final String PACKED = ".gz";

    private IdxFolder() {}

    /** @return empty if no file has such a name */
    static Optional<Source> read(String source, SourceFiles files, List<String> paths) {
        Set<String> all = new HashSet<>(paths);
        List<String> images = paths.stream()
                .filter(path -> path.matches(".*images[.-]idx3-ubyte(\\.gz)?"))
                // Downloads often leave the packed file beside the unpacked one: the same images twice.
                .filter(path ->
                        !path.endsWith(PACKED) || !all.contains(path.substring(0, path.length() - PACKED.length())))
                .toList();
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Parts parts = new Parts();
        for (String path : images) {
            String labels = path.replaceFirst("images([.-])idx3-ubyte(\\.gz)?$", "labels$1idx1-ubyte");
            String found = paths.stream()
                    .filter(other -> other.equals(labels) || other.equals(labels + PACKED))
                    .findFirst()
                    .orElseThrow(() -> new BadData("Cannot read the labels of %s: there is no %s beside it"
                            .formatted(files.name(path), labels)));
            Part part = Part.of(path).orElse(Part.TRAIN);
            parts.add(part, items(files, path, found));
        }
        return Optional.of(parts.source(source, List.of()));
    }

    private static List<Item> items(SourceFiles files, String path, String labelPath) {
        String name = files.name(path);
        ByteBuffer pixels = ByteBuffer.wrap(files.bytes(path));
        int[] sizes = header(pixels, name, 3);
        ByteBuffer labels = ByteBuffer.wrap(files.bytes(labelPath));
        int count = header(labels, files.name(labelPath), 1)[0];
        if (count != sizes[0]) {
            throw new BadData("Cannot read %s: it has %,d images and %s has %,d labels"
                    .formatted(name, sizes[0], files.name(labelPath), count));
        }
        Shape shape = new Shape(1, sizes[1], sizes[2]);
        int length = Math.toIntExact(shape.elements());
        List<Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = pixels.position() + i * length;
            items.add(new Item(
                    Arrays.copyOfRange(pixels.array(), at, at + length),
                    shape,
                    labels.get(labels.position() + i) & 0xFF,
                    name,
                    i));
        }
        return items;
    }

    /** Reads the dimensions and leaves the buffer at the data. */
    private static int[] header(ByteBuffer file, String name, int dimensions) {
        int length = 4 + 4 * dimensions;
        if (file.remaining() < length) {
            throw new BadData(
                    "Cannot read %s: it has %,d bytes, fewer than an IDX header".formatted(name, file.remaining()));
        }
        int magic = file.getInt();
        if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
            throw new BadData(
                    "Cannot read %s: expected an IDX file of bytes in %d dimensions, which begins with %08x, found %08x"
                            .formatted(name, dimensions, UNSIGNED_BYTES << 8 | dimensions, magic));
        }
        int[] sizes = new int[dimensions];
        long elements = 1;
        for (int i = 0; i < dimensions; i++) {
            sizes[i] = file.getInt();
            elements = sizes[i] < 1 || elements > Integer.MAX_VALUE ? Long.MAX_VALUE : elements * sizes[i];
        }
        if (elements != file.remaining()) {
            throw new BadData("Cannot read %s: its header promises %s elements and %,d bytes follow"
                    .formatted(
                            name,
                            String.join(
                                    " x ",
                                    Arrays.stream(sizes)
                                            .mapToObj(Integer::toString)
                                            .toList()),
                            file.remaining()));
        }
        return sizes;
    }
}
