package dev.narrows.data.survey;

import dev.narrows.data.ChannelFigures;
import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.LeftOut;
import dev.narrows.data.source.LongReading;
import dev.narrows.data.source.MaskClasses;
import dev.narrows.data.source.Source;
import dev.narrows.data.source.Sources;
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
 * Figures about a dataset before any study. Every image is decoded; an image that cannot be read is only reported.
 *
 * @param task classification for images with labels, segmentation for images with masks
 * @param images in each part
 * @param classes images of each class in each part; for masks, positions
 * @param shapes number of images with each stored shape (C, H, W)
 * @param mean of each channel over the training images, of pixels from 0 to 1
 * @param deviation standard deviation of each channel, likewise
 * @param leftOut files that no image comes from
 * @param problems that would stop a study or bias its accuracy upwards, one line each
 */
public record Survey(
        Task task,
        Count images,
        Map<String, Count> classes,
        Map<String, Integer> shapes,
        List<Double> mean,
        List<Double> deviation,
        List<LeftOut> leftOut,
        List<String> problems) {
    private static final int MOST_TOLD = 5;
    private static final int UNLABELLED = 255;

    /** A number for each part. */
    public record Count(long train, long validation, long test) {}

    /**
     * Surveys a dataset.
     *
     * @param preparation only its task, columns and ignored values matter
     * @throws BadData if it does not exist or has an unknown layout
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
                read.leftOut(),
                problems);
    }

    /** Draws sample images, one row per class; images with masks stand above their masks. */
    public static BufferedImage sheet(String source, Preparation preparation, Configuration configuration) {
        return ContactSheet.of(open(source, preparation, configuration));
    }

    private static Source open(String source, Preparation preparation, Configuration configuration) {
        // This finds image readers in the jars of the thread's class loader, which on a cluster is not the process's
        // own.
        ImageIO.scanForPlugins();
        Source read = Sources.read(source, preparation.task(), preparation.columns(), configuration);
        return switch (read.task()) {
            case CLASSIFICATION -> read;
            case SEGMENTATION -> MaskClasses.of(read, preparation.ignore(), Preparation.Corrupt.SKIP);
        };
    }

    /** Reports images of several shapes and the setting that makes them equal. */
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

    /**
     * Reports a value that may not be a class: masks with a few classes from 0 often mark unlabelled positions with
     * 255.
     */
    private static void apart(List<Integer> maskValues, List<String> problems) {
        int last = maskValues.size() - 1;
        if (last >= 2 && maskValues.get(last) == UNLABELLED && maskValues.get(last - 1) == last - 1) {
            problems.add(("the masks have classes 0 to %d, and %d; if %d marks unlabelled positions, a study"
                            + " needs data.ignore = %d")
                    .formatted(last - 1, UNLABELLED, UNLABELLED, UNLABELLED));
        }
    }

    private static void duplicates(Source source, List<String> problems) {
        Set<ByteBuffer> train = new HashSet<>();
        source.train().forEach(item -> train.add(item.digest()));
        say(source.train().size() - train.size(), "training images occur more than once", problems);
        say(among(train, source.validation()), "validation images are also training images", problems);
        say(among(train, source.test()), "test images are also training images", problems);
    }

    private static long among(Set<ByteBuffer> train, List<Item> items) {
        return items.stream().filter(item -> train.contains(item.digest())).count();
    }

    private static void say(long count, String what, List<String> problems) {
        if (count > 0) {
            problems.add("%,d %s, byte for byte".formatted(count, what));
        }
    }
}
