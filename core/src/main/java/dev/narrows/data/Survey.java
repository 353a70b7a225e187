package dev.narrows.data;

import dev.narrows.study.Preparation;
import dev.narrows.study.Task;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;

/**
 * What a person wants to know of a set before any study. Every image is decoded, and what is wrong with one stops nothing.
 *
 * @param task whether images have labels or masks
 * @param images how many each part has
 * @param classes how many images each class has in each part; of masks, how many positions
 * @param shapes how many images have each shape (C, H, W), as they are stored
 * @param mean of each channel over the images to train on, of pixels from 0 to 1
 * @param deviation likewise
 * @param problems what would stop a study or flatter it, a line each
 */
public record Survey(
        Task task,
        Count images,
        Map<String, Count> classes,
        Map<String, Integer> shapes,
        List<Double> mean,
        List<Double> deviation,
        List<String> problems) {
    private static final int MOST_TOLD = 5;
    private static final int NOBODY_LABELLED = 255;

    /** A number for each part. */
    public record Count(long train, long validation, long test) {}

    /**
     * Looks at a set.
     *
     * @param preparation of which the task, the columns and the values to ignore count
     * @throws BadData where it is not there, or of no layout that is known
     */
    public static Survey of(String source, Preparation preparation, Configuration configuration) {
        try (LongReading reading = new LongReading(source)) {
            Source read = open(source, preparation, configuration);
            reading.decoding(
                    read.train().size() + read.validation().size() + read.test().size());
            return of(
                    read,
                    Tally.of(read, read.train(), reading),
                    Tally.of(read, read.validation(), reading),
                    Tally.of(read, read.test(), reading));
        }
    }

    private static Survey of(Source read, Tally train, Tally validation, Tally test) {
        Map<String, Count> classes = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Stream.of(train, validation, test)
                .forEach(tally -> tally.problems().stream().limit(MOST_TOLD).forEach(problems::add));
        long unread = Stream.of(train, validation, test)
                .mapToLong(tally -> tally.problems().size())
                .sum();
        if (unread > problems.size()) {
            problems.add("%,d images in all cannot be used".formatted(unread));
        }
        for (int label = 0; label < read.classNames().size(); label++) {
            String name = read.classNames().get(label);
            classes.put(name, new Count(train.of(label), validation.of(label), test.of(label)));
            if (train.of(label) == 0) {
                problems.add("no training image has class " + name);
            }
        }
        if (train.ignored() + validation.ignored() + test.ignored() > 0) {
            classes.put("(ignored)", new Count(train.ignored(), validation.ignored(), test.ignored()));
        }
        ChannelFigures figures = train.figures();
        Map<String, Integer> shapes = new TreeMap<>();
        Stream.of(train, validation, test)
                .forEach(tally -> tally.shapes().forEach((shape, count) -> shapes.merge(shape, count, Integer::sum)));
        alike(shapes.keySet(), problems);
        apart(read.maskValues(), problems);
        duplicates(read, problems);
        return new Survey(
                read.task(),
                new Count(
                        read.train().size(),
                        read.validation().size(),
                        read.test().size()),
                classes,
                shapes,
                figures.mean(),
                figures.deviation(),
                problems);
    }

    /** Some images of each class, a row a class; of masks, each above its mask. */
    public static BufferedImage sheet(String source, Preparation preparation, Configuration configuration) {
        return ContactSheet.of(open(source, preparation, configuration));
    }

    private static Source open(String source, Preparation preparation, Configuration configuration) {
        // Finds image readers in the jars of this thread's class loader, which on a cluster is not the process's own.
        ImageIO.scanForPlugins();
        Source read = Sources.read(source, preparation.task(), preparation.columns(), configuration);
        return switch (read.task()) {
            case CLASSIFICATION -> read;
            case SEGMENTATION -> MaskClasses.of(read, preparation.ignore(), Preparation.Corrupt.SKIP);
        };
    }

    /** Says what brings images to one shape where they have several. */
    private static void alike(Set<String> shapes, List<String> problems) {
        long sizes = shapes.stream()
                .map(shape -> shape.substring(shape.indexOf('x')))
                .distinct()
                .count();
        if (sizes > 1) {
            problems.add("images have %d sizes; a study needs data.size, which brings them to one".formatted(sizes));
        }
        if (shapes.stream().map(shape -> shape.charAt(0)).distinct().count() > 1) {
            problems.add("some images are grey and others in colour; data.colour = grey or rgb makes them alike");
        }
    }

    /** Says that a value may be no class: masks with a few classes from 0 on often have 255 where nobody labelled. */
    private static void apart(List<Integer> maskValues, List<String> problems) {
        int last = maskValues.size() - 1;
        if (last >= 2 && maskValues.get(last) == NOBODY_LABELLED && maskValues.get(last - 1) == last - 1) {
            problems.add(
                    "the masks have classes 0 to %d, and %d; if that marks what nobody labelled, a study needs data.ignore = %d"
                            .formatted(last - 1, NOBODY_LABELLED, NOBODY_LABELLED));
        }
    }

    private static void duplicates(Source source, List<String> problems) {
        Set<ByteBuffer> train = new HashSet<>();
        source.train().forEach(item -> train.add(ByteBuffer.wrap(item.bytes())));
        say(source.train().size() - train.size(), "training images stand there more than once", problems);
        say(among(train, source.validation()), "validation images stand among those to train on", problems);
        say(among(train, source.test()), "test images stand among those to train on", problems);
    }

    private static long among(Set<ByteBuffer> train, List<Item> items) {
        return items.stream()
                .filter(item -> train.contains(ByteBuffer.wrap(item.bytes())))
                .count();
    }

    private static void say(long count, String what, List<String> problems) {
        if (count > 0) {
            problems.add("%,d %s, byte for byte".formatted(count, what));
        }
    }
}
