package dev.narrows.data.source;

import dev.narrows.files.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/** Files of a source, on any Hadoop file system. Every failure names the file. */
final class SourceFiles {
    private final String source;
    private final Path root;
    private final boolean folder;
    private final Configuration configuration;
    private final FileSystem system;
    private DeadLinks deadLinks = DeadLinks.NONE;

    /** @throws BadData if there is no such file or folder, or it cannot be accessed */
    SourceFiles(String source, Configuration configuration) {
        this.source = source;
        this.configuration = configuration;
        try {
            root = new Path(source);
            system = root.getFileSystem(configuration);
            folder = system.getFileStatus(root).isDirectory();
        } catch (FileNotFoundException e) {
            throw new BadData("Cannot open %s: there is no such file or folder".formatted(source), e);
        } catch (IOException | RuntimeException e) {
            throw new BadData(notOpened(source, e), e);
        }
    }

    private static String notOpened(String source, Exception failure) {
        return "Cannot open %s: %s".formatted(source, Reason.of(failure));
    }

    /**
     * The reason why the storage of a source cannot be reached from here; empty where it can, for this machine's disk,
     * and where only the source is missing there.
     */
    static Optional<String> unreachable(String source, Configuration configuration) {
        try {
            Path root = new Path(source);
            FileSystem system = root.getFileSystem(configuration);
            if (!(system instanceof LocalFileSystem)) {
                system.getFileStatus(root);
            }
            return Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(notOpened(source, e));
        }
    }

    boolean isFolder() {
        return folder;
    }

    /**
     * Paths of all files under the root, relative to it, in alphabetical order; without hidden files, and with links
     * that lead to no file.
     */
    List<String> all() {
        List<String> paths = new ArrayList<>();
        try {
            String base = system.getFileStatus(root).getPath().toUri().getPath();
            RemoteIterator<LocatedFileStatus> files = system.listFiles(root, true);
            while (files.hasNext()) {
                String path = files.next().getPath().toUri().getPath().substring(base.length());
                paths.add(path.startsWith("/") ? path.substring(1) : path);
            }
            if (system instanceof LocalFileSystem disk) {
                deadLinks = DeadLinks.under(disk.pathToFile(root).toPath());
                paths.addAll(deadLinks.paths());
            }
        } catch (IOException e) {
            throw new BadData("Cannot list %s: %s".formatted(source, e.getMessage()), e);
        }
        paths.removeIf(path -> ("/" + path).contains("/.") || ("/" + path).contains("/_"));
        paths.sort(null);
        return paths;
    }

    /** Names of the folders at a path under the root, in alphabetical order. */
    List<String> folders(String path) {
        try {
            List<FileStatus> entries = List.of(system.listStatus(path(path)));
            return entries.stream()
                    .filter(FileStatus::isDirectory)
                    .map(entry -> entry.getPath().getName())
                    .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new BadData("Cannot list %s/%s: %s".formatted(source, path, e.getMessage()), e);
        }
    }

    /** Reason why a file cannot be read, as far as the listing shows it. */
    Optional<String> unread(String path) {
        return deadLinks.reason(path);
    }

    /** The bytes of a file, unpacked if its name ends in {@code .gz}. */
    byte[] bytes(String path) {
        unread(path).ifPresent(reason -> {
            throw new BadData("Cannot read %s: %s".formatted(name(path), reason));
        });
        try (FSDataInputStream stream = system.open(path(path))) {
            if (path.endsWith(".gz")) {
                try (GZIPInputStream unpacked = new GZIPInputStream(stream)) {
                    return unpacked.readAllBytes();
                }
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new BadData("Cannot read %s: %s".formatted(name(path), e.getMessage()), e);
        }
    }

    InputFile parquet(String path) {
        try {
            return HadoopInputFile.fromPath(path(path), configuration);
        } catch (IOException e) {
            throw new BadData("Cannot read %s: %s".formatted(name(path), e.getMessage()), e);
        }
    }

    /** Name of a file under the root in messages. */
    String name(String path) {
        return path(path).toString();
    }

    private Path path(String path) {
        return path.isEmpty() ? root : new Path(root, path);
    }
}
