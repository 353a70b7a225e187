package dev.narrows.jobs.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;

/** Number and size of the files under a path, which another host may lack, as where a disk is yet to be mounted. */
record Extent(long files, long bytes) implements Serializable {
    static Extent of(Path path) {
        if (!Files.exists(path)) {
            return new Extent(0, 0);
        }
        try {
            LongSummaryStatistics sizes = files(path).stream()
                    .mapToLong(file -> file.toFile().length())
                    .summaryStatistics();
            return new Extent(sizes.getCount(), sizes.getSum());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e), e);
        }
    }

    /** The files under a path in the order of their names, also those behind links, as readers of images find them. */
    static List<Path> files(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
