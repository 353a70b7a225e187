package dev.narrows.data;

import dev.narrows.net.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes the images of a source, on all processors, into bytes off the heap. */
final class Decoding {
    private static final long MOST_BYTES_PER_BUFFER = 1L << 30;
    /** Enough images that a decoder's start does not count, and few enough that processors end together. */
    private static final int IMAGES_PER_TASK = 256;

    private static final int MOST_TOLD = 5;

    private Decoding() {}

    /** The shape of the first image, which all others must have. */
    static Shape shape(Source source, Item first) {
        if (first.pixels() != null) {
            return first.pixels();
        }
        try {
            return new Decoder().shape(first.bytes());
        } catch (IOException e) {
            throw new BadData("Cannot read %s: %s: %s".formatted(source.name(), first.place(), e.getMessage()), e);
        }
    }

    /** @throws BadData where images cannot be read, or are not of the shape */
    static Samples decode(Source source, Shape shape, List<Item> items) {
        int length = Math.toIntExact(shape.elements());
        int perBuffer = (int) Math.max(1, MOST_BYTES_PER_BUFFER / length);
        List<ByteBuffer> buffers = buffers(shape, items.size(), perBuffer);
        int tasks = (items.size() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
        List<String> problems = IntStream.range(0, tasks)
                .parallel()
                .mapToObj(task -> {
                    Decoder decoder = new Decoder();
                    List<String> found = new ArrayList<>();
                    int end = Math.min(items.size(), (task + 1) * IMAGES_PER_TASK);
                    for (int i = task * IMAGES_PER_TASK; i < end; i++) {
                        byte @Nullable [] pixels = pixels(decoder, items.get(i), shape, found);
                        if (pixels != null) {
                            buffers.get(i / perBuffer).put(i % perBuffer * length, pixels);
                        }
                    }
                    return found;
                })
                .flatMap(List::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new BadData("Cannot read %,d of %,d images of %s: %s%s"
                    .formatted(
                            problems.size(),
                            items.size(),
                            source.name(),
                            String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_TOLD))),
                            problems.size() > MOST_TOLD ? "; …" : ""));
        }
        return new Samples(
                shape, perBuffer, buffers, items.stream().mapToInt(Item::label).toArray());
    }

    private static byte @Nullable [] pixels(Decoder decoder, Item item, Shape shape, List<String> problems) {
        try {
            if (item.pixels() == null) {
                return decoder.pixels(item.bytes(), shape);
            }
            if (item.pixels().equals(shape)) {
                return item.bytes();
            }
            problems.add("%s: it is %s where the first image is %s".formatted(item.place(), item.pixels(), shape));
        } catch (IOException e) {
            problems.add("%s: %s".formatted(item.place(), e.getMessage()));
        }
        return null;
    }

    private static List<ByteBuffer> buffers(Shape shape, int images, int perBuffer) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int first = 0; first < images; first += perBuffer) {
            int count = Math.min(perBuffer, images - first);
            buffers.add(ByteBuffer.allocateDirect(Math.toIntExact(shape.elements() * count)));
        }
        return buffers;
    }
}
