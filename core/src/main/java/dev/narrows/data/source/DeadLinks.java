package dev.narrows.data.source;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Symbolic links under a folder of this machine's disk that lead to no file. Hadoop's listing leaves them out.
 *
 * @param targets by path, relative to the folder
 */
record DeadLinks(Map<String, String> targets) {
    static final DeadLinks NONE = new DeadLinks(Map.of());

    DeadLinks {
        targets = Map.copyOf(targets);
    }

    static DeadLinks under(Path folder) throws IOException {
        Map<String, String> targets = new TreeMap<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        // Attributes are those of the target, where there is one.
                        if (attributes.isSymbolicLink()) {
                            targets.put(
                                    folder.relativize(file).toString(),
                                    Files.readSymbolicLink(file).toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        // The listing itself tells of folders that cannot be read.
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new DeadLinks(targets);
    }

    Set<String> paths() {
        return targets.keySet();
    }

    /** Reason why a file cannot be read, which is a link without a target; empty for any other. */
    Optional<String> reason(String path) {
        return Optional.ofNullable(targets.get(path)).map("it is a link to %s, and there is no such file"::formatted);
    }
}
