package dev.narrows.data.source;

import dev.narrows.study.Columns;
import dev.narrows.study.TaskChoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Recognises the format of a source by its file names and reads it. */
public final class Sources {
    private static final int MOST_TOLD = 5;

    private Sources() {}

    /** @throws BadData if it does not exist, has an unknown layout, or does not suit the task */
    public static Source read(String source, TaskChoice task, Columns columns, Configuration configuration) {
        Source read = find(source, task, columns, configuration);
        if (!task.allows(read.task())) {
            throw new BadData("Cannot use %s for %s: its images have %s"
                    .formatted(
                            source,
                            task.name().toLowerCase(Locale.ROOT),
                            switch (read.task()) {
                                case CLASSIFICATION -> "labels and no masks";
                                case SEGMENTATION -> "masks and no labels";
                            }));
        }
        return read;
    }

    /** The reason why the storage of a source cannot be reached from here; empty where it can be, or it is missing. */
    public static Optional<String> unreachable(String source, Configuration configuration) {
        return source.startsWith(Bundled.PREFIX) ? Optional.empty() : SourceFiles.unreachable(source, configuration);
    }

    private static Source find(String source, TaskChoice task, Columns columns, Configuration configuration) {
        if (source.startsWith(Bundled.PREFIX)) {
            return Bundled.read(source);
        }
        SourceFiles files = new SourceFiles(source, configuration);
        if (!files.isFolder()) {
            if (source.endsWith(".parquet")) {
                return ParquetFolder.read(source, files, List.of(""), task, columns);
            }
            throw new BadData(
                    "Cannot open %s: expected a folder, or one Parquet file, and it is another file".formatted(source));
        }
        List<String> all = files.all();
        List<String> parquet =
                all.stream().filter(path -> path.endsWith(".parquet")).toList();
        if (!parquet.isEmpty()) {
            return ParquetFolder.read(source, files, parquet, task, columns).withLeftOut(besideParquet(all));
        }
        if (columns.given()) {
            throw new BadData("Cannot take columns of %s: only Parquet files have some, and it has none of those"
                    .formatted(source));
        }
        return MaskFolder.read(source, files, all)
                .or(() -> IdxFolder.read(source, files, all))
                .or(() -> CifarFolder.read(source, files, all))
                .or(() -> ImageFolder.read(source, files, all))
                .orElseThrow(() -> unknown(source, all));
    }

    private static List<LeftOut> besideParquet(List<String> all) {
        LeftOut.Files others = new LeftOut.Files();
        all.stream()
                .filter(path -> !path.endsWith(".parquet"))
                .forEach(path -> others.add(path, "the images come from the Parquet files"));
        return others.all();
    }

    private static BadData unknown(String source, List<String> files) {
        Optional<String> found = files.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", files.subList(0, Math.min(MOST_TOLD, files.size())))
                        + (files.size() > MOST_TOLD ? " and %,d more".formatted(files.size() - MOST_TOLD) : ""));
        return new BadData(("Cannot open %s: expected Parquet files, IDX files (train-images-idx3-ubyte), CIFAR's"
                        + " binary files (data_batch_1.bin, train.bin), folders images and masks, or a folder of"
                        + " images for each class, found %s")
                .formatted(source, found.orElse("no file")));
    }
}
