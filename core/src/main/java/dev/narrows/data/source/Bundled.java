package dev.narrows.data.source;

import dev.narrows.study.Columns;
import dev.narrows.study.TaskChoice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Datasets that come with Narrows: Parquet files on the class path in {@code data/<name>}, and {@link SyntheticCells}.
 */
final class Bundled {
    static final String PREFIX = "bundled:";
    private static final String CELLS = "cells";
    private static final List<String> NAMES = List.of("fashion-mnist", CELLS);

    private Bundled() {}

    /** @throws BadData if no bundled dataset has this name; the message names the nearest */
    static Source read(String source) {
        String name = source.substring(PREFIX.length());
        if (!NAMES.contains(name)) {
            String nearest = NAMES.stream()
                    .min(Comparator.comparingInt(
                            known -> LevenshteinDistance.getDefaultInstance().apply(known, name)))
                    .orElseThrow();
            throw new BadData("Cannot open %s: no dataset of that name is bundled; the nearest is %s%s"
                    .formatted(source, PREFIX, nearest));
        }
        if (name.equals(CELLS)) {
            return SyntheticCells.source(source);
        }
        ParquetPart train = part(name, "train");
        return new Source(
                source,
                train.classNames(),
                train.items(),
                List.of(),
                part(name, "test").items());
    }

    private static ParquetPart part(String name, String part) {
        String path = "data/%s/%s-00000-of-00001.parquet".formatted(name, part);
        try (InputStream stream = Bundled.class.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("Cannot open %s: it is not on the class path".formatted(path));
            }
            return ParquetPart.read(
                    new BytesFile(stream.readAllBytes()), path, TaskChoice.CLASSIFICATION, Columns.NONE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
        }
    }
}
