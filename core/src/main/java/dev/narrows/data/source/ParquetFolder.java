package dev.narrows.data.source;

import dev.narrows.study.Columns;
import dev.narrows.study.Task;
import dev.narrows.study.TaskChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.parquet.io.InputFile;

/** Parquet files as Hugging Face's {@code datasets} writes them, one or more for each part. */
final class ParquetFolder {
    private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})[^/]*\\.parquet");

    private ParquetFolder() {}

    /**
     * Reads the files, each into the part that its name states. All are training images if no name states one.
     *
     * @throws BadData if a shard is missing, or files disagree about the classes
     */
    static Source read(String source, SourceFiles files, List<String> paths, TaskChoice task, Columns columns) {
        checkShards(source, paths);
        boolean told = paths.stream().anyMatch(path -> Part.of(path).isPresent());
        // The calling thread opens the files, because Hadoop knows the user by it.
        List<InputFile> opened = paths.stream().map(files::parquet).toList();
        List<ParquetPart> read = IntStream.range(0, paths.size())
                .parallel()
                .mapToObj(i -> ParquetPart.read(opened.get(i), files.name(paths.get(i)), task, columns))
                .toList();
        Parts parts = new Parts();
        List<String> names = List.of();
        for (int i = 0; i < paths.size(); i++) {
            String file = files.name(paths.get(i));
            Optional<Part> part = told ? Part.of(paths.get(i)) : Optional.of(Part.TRAIN);
            parts.add(
                    part.orElseThrow(() -> new BadData(
                            "Cannot use %s: its name says neither train, validation nor test, as others beside it do"
                                    .formatted(file))),
                    read.get(i).items());
            if (read.get(i).task() != read.get(0).task()) {
                throw new BadData("Cannot use %s: one of it and %s has labels and the other masks"
                        .formatted(file, files.name(paths.get(0))));
            }
            List<String> own = read.get(i).classNames();
            if (i > 0 && !own.equals(names)) {
                throw new BadData("Cannot use %s: its classes are %s where those of %s are %s"
                        .formatted(file, own, files.name(paths.get(0)), names));
            }
            names = own;
        }
        return read.get(0).task() == Task.SEGMENTATION ? parts.masked(source) : parts.source(source, names);
    }

    private static void checkShards(String source, List<String> paths) {
        Map<String, Integer> missing = new TreeMap<>();
        for (String path : paths) {
            Matcher shard = SHARD.matcher(path);
            if (shard.matches()) {
                missing.merge(
                        "%s-?????-of-%s".formatted(shard.group(1), shard.group(3)),
                        Integer.parseInt(shard.group(3)) - 1,
                        (before, all) -> before - 1);
            }
        }
        missing.forEach((name, count) -> {
            if (count != 0) {
                throw new BadData(
                        "Cannot read %s: %,d files of %s.parquet are not there".formatted(source, count, name));
            }
        });
    }
}
