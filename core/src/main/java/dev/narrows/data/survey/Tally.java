package dev.narrows.data.survey;

import dev.narrows.data.ChannelFigures;
import dev.narrows.data.image.DecodedImage;
import dev.narrows.data.image.Decoder;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.LongReading;
import dev.narrows.data.source.Source;
import dev.narrows.net.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts over the images of one part. */
final class Tally {
    private static final int LEVELS = 256;
    private static final int COLOURS = 3;

    private final Source source;
    private final Decoder decoder = new Decoder();
    private final long[] classes;
    private final Map<String, Integer> shapes = new TreeMap<>();
    /** Count of each level in each channel; a grey image counts in all three. */
    private final long[][] levels = new long[COLOURS][LEVELS];

    private final List<String> problems = new ArrayList<>();
    private boolean colour;
    private long ignored;

    private Tally(Source source) {
        this.source = source;
        this.classes = new long[source.classNames().size()];
    }

    /** Counts all images, on all processors. */
    static Tally of(Source source, List<Item> items, LongReading reading) {
        return IntStream.range(0, items.size())
                .parallel()
                .collect(
                        () -> new Tally(source),
                        (tally, i) -> {
                            tally.add(items.get(i));
                            reading.decoded(1);
                        },
                        Tally::add);
    }

    private void add(Item item) {
        try {
            Shape plain = item.pixels();
            DecodedImage picture =
                    plain == null ? decoder.picture(item.encoded()) : new DecodedImage(plain, item.bytes());
            Shape shape = picture.shape();
            byte[] pixels = picture.pixels();
            count(item, shape);
            shapes.merge(shape.toString(), 1, Integer::sum);
            colour |= shape.channels() == COLOURS;
            for (int i = 0; i < pixels.length; i++) {
                for (int channel = i % shape.channels(); channel < COLOURS; channel += shape.channels()) {
                    levels[channel][pixels[i] & 0xFF]++;
                }
            }
        } catch (IOException e) {
            problems.add("%s: %s".formatted(item.place(), e.getMessage()));
        }
    }

    private void count(Item item, Shape image) throws IOException {
        byte @Nullable [] mask = item.mask();
        if (mask == null) {
            if (item.label() >= classes.length) {
                throw new IOException("its label is %d, and there are %d classes, counted from 0"
                        .formatted(item.label(), classes.length));
            }
            classes[item.label()]++;
            return;
        }
        DecodedImage values = item.pixels() == null
                ? decoder.mask(mask)
                : new DecodedImage(new Shape(1, image.height(), image.width()), mask);
        if (values.shape().height() != image.height() || values.shape().width() != image.width()) {
            throw new IOException(
                    "its mask is %s where the image is %dx%d".formatted(values.size(), image.height(), image.width()));
        }
        for (byte value : values.pixels()) {
            int label = source.maskValues().indexOf(value & 0xFF);
            if (label >= 0) {
                classes[label]++;
            } else {
                ignored++;
            }
        }
    }

    /** Adds the counts of another tally. */
    void add(Tally other) {
        for (int label = 0; label < classes.length; label++) {
            classes[label] += other.classes[label];
        }
        other.shapes.forEach((shape, count) -> shapes.merge(shape, count, Integer::sum));
        for (int channel = 0; channel < COLOURS; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                levels[channel][level] += other.levels[channel][level];
            }
        }
        ignored += other.ignored;
        problems.addAll(other.problems);
        colour |= other.colour;
    }

    /** Images, or positions of masks, of a class. */
    long of(int label) {
        return classes[label];
    }

    /** Mask positions without a class. */
    long ignored() {
        return ignored;
    }

    /** Number of images with each shape. */
    Map<String, Integer> shapes() {
        return shapes;
    }

    /** Figures over all pixels; larger images weigh more. */
    ChannelFigures figures() {
        return ChannelFigures.of(colour ? levels : new long[][] {levels[0]});
    }

    /** One line for each image that could not be read or counted. */
    List<String> problems() {
        return problems;
    }
}
