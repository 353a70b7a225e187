package dev.narrows.data;

import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.LongReading;
import dev.narrows.data.source.MaskClasses;
import dev.narrows.data.source.Source;
import dev.narrows.data.source.Sources;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.Task;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;

/** Opens datasets. Each dataset stays in memory once per process; all threads share it. */
public final class Datasets {
    private static final ConcurrentHashMap<DataSpec, Dataset> OPEN = new ConcurrentHashMap<>();

    private Datasets() {}

    /**
     * Opens the images of a study. The first call decodes them, on all processors.
     *
     * @param configuration of the path's file system
     * @throws BadData if the source does not exist, cannot be used, or does not fit in memory
     */
    public static Dataset open(DataSpec spec, Configuration configuration) {
        return OPEN.computeIfAbsent(spec, asked -> load(asked, configuration));
    }

    /** Sends the progress of long reading and decoding in this process to a listener instead of the log. */
    public static void tellOfLongReading(Consumer<String> listener) {
        LongReading.to(listener);
    }

    private static Dataset load(DataSpec spec, Configuration configuration) {
        // This finds image readers in the jars of the thread's class loader, which on a cluster is not the process's
        // own.
        ImageIO.scanForPlugins();
        try (LongReading reading = new LongReading(spec.source())) {
            Source source = read(spec, configuration);
            Split split = Split.of(source, spec);
            Decoding decoding = Decoding.of(source, spec.preparation(), split.train());
            OffHeap.require(
                    source.name(), decoding.shape(), decoding.bytes(), decoding.patches() * (long) split.size());
            reading.decoding(split.size());
            Samples train = decoding.decode(split.train(), reading);
            ChannelFigures figures = ChannelFigures.of(train);
            return new Dataset(
                    decoding.shape(),
                    source.task(),
                    source.classNames(),
                    train,
                    decoding.decode(split.validation(), reading),
                    decoding.decode(split.test(), reading),
                    figures.mean(),
                    figures.deviation(),
                    Fingerprint.of(source.classNames(), split, spec.preparation()));
        }
    }

    /**
     * Describes the result of {@link #open} and decodes at most one image. It decodes all masks, because they define
     * the classes.
     *
     * @throws BadData if the source does not exist or cannot be used, as far as that shows without decoding
     */
    public static Description describe(DataSpec spec, Configuration configuration) {
        try (LongReading reading = new LongReading(spec.source())) {
            Source source = read(spec, configuration);
            Split split = Split.of(source, spec);
            return describe(source, split, Decoding.of(source, spec.preparation(), split.train()), spec);
        }
    }

    /**
     * Describes the result of {@link #open} and looks at its images as that would: each is decoded, compared with the
     * first, and prepared as the study asks. None is kept.
     *
     * @throws BadData as {@link #describe}
     */
    public static Inspection inspect(DataSpec spec, Configuration configuration, Look look) {
        ImageIO.scanForPlugins();
        try (LongReading reading = new LongReading(spec.source())) {
            Source source = read(spec, configuration);
            Split split = Split.of(source, spec);
            Decoding decoding = Decoding.of(source, spec.preparation(), split.train());
            Description description = describe(source, split, decoding, spec);
            reading.decoding(split.size());
            return new Inspection(
                    description,
                    new Inspection.Origin(split.train().size(), source.train().size(), false),
                    origin(split.validation(), source.validation(), source),
                    origin(split.test(), source.test(), source),
                    perClass(source, split),
                    new Looking(decoding, split, look, reading).seen(),
                    source.leftOut(),
                    OffHeap.refuses(source.name(), decoding.shape(), decoding.bytes(), description.images()));
        }
    }

    private static Inspection.Origin origin(List<Item> taken, List<Item> own, Source source) {
        return new Inspection.Origin(
                taken.size(), own.isEmpty() ? source.train().size() : own.size(), own.isEmpty());
    }

    /** The number of training images of each class; none for masks. */
    private static List<Integer> perClass(Source source, Split split) {
        if (source.task() == Task.SEGMENTATION) {
            return List.of();
        }
        int[] counts = new int[source.classNames().size()];
        split.train().forEach(item -> counts[item.label()]++);
        return Arrays.stream(counts).boxed().toList();
    }

    private static Description describe(Source source, Split split, Decoding decoding, DataSpec spec) {
        return new Description(
                decoding.shape(),
                source.task(),
                source.classNames(),
                split.train().size() * decoding.patches(),
                split.validation().size() * decoding.patches(),
                split.test().size() * decoding.patches(),
                duplicates(split),
                Fingerprint.of(source.classNames(), split, spec.preparation()));
    }

    private static int duplicates(Split split) {
        Set<ByteBuffer> seen = new HashSet<>();
        List<Item> learnt = new ArrayList<>(split.train());
        learnt.addAll(split.validation());
        learnt.forEach(item -> seen.add(item.digest()));
        return (int) split.test().stream()
                .filter(item -> seen.contains(item.digest()))
                .count();
    }

    private static Source read(DataSpec spec, Configuration configuration) {
        Preparation preparation = spec.preparation();
        Source source = Sources.read(spec.source(), preparation.task(), preparation.columns(), configuration);
        switch (source.task()) {
            case CLASSIFICATION -> checkLabels(source);
            case SEGMENTATION -> source = MaskClasses.of(source, preparation.ignore(), preparation.corrupt());
        }
        return source;
    }

    private static void checkLabels(Source source) {
        int classes = source.classNames().size();
        boolean[] seen = new boolean[classes];
        for (List<Item> part : List.of(source.train(), source.validation(), source.test())) {
            for (Item item : part) {
                if (item.label() >= classes) {
                    throw new BadData("Cannot take label %d of %s: %s has %d classes, counted from 0"
                            .formatted(item.label(), item.place(), source.name(), classes));
                }
                seen[item.label()] |= part == source.train();
            }
        }
        if (classes < 2) {
            throw new BadData("Cannot learn from %s: all its images have the one class %s"
                    .formatted(source.name(), String.join("", source.classNames())));
        }
        for (int label = 0; label < classes; label++) {
            if (!seen[label]) {
                throw new BadData("Cannot learn class %s of %s: no training image has it"
                        .formatted(source.classNames().get(label), source.name()));
            }
        }
    }
}
