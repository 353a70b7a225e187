package dev.narrows.jobs.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder through which all processes of a host agree on the one that measures. It holds a file for each process
 * that computes, which describes its work.
 */
record HostFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(HostFolder.class);

    /** Names another folder, as containers of one host need that share one. */
    private static final String VARIABLE = "NARROWS_HOST_FOLDER";

    /** The parent by default; not Java's temporary folder, which YARN makes for each container. */
    private static final Path USUAL = Path.of("/tmp");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static HostFolder ofHost() throws IOException {
        Optional<Path> named = named();
        if (named.isPresent()) {
            return made(named.get());
        }
        Path temporary = Files.isWritable(USUAL) ? USUAL : Path.of(System.getProperty("java.io.tmpdir"));
        return made(temporary.resolve("narrows-host"));
    }

    /** The folder that the user of this process has named instead of the usual one. */
    static Optional<Path> named() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(wanted -> !wanted.isBlank())
                .map(Path::of);
    }

    static HostFolder made(Path path) throws IOException {
        try {
            Files.createDirectories(path.resolve("who"));
            open(path);
            open(path.resolve("who"));
        } catch (FileSystemException e) {
            throw new IOException(
                    "Cannot coordinate measurements on this host: %s cannot be written (%s); name another folder by %s"
                            .formatted(
                                    path,
                                    e.getReason() == null ? e.getClass().getSimpleName() : e.getReason(),
                                    VARIABLE),
                    e);
        }
        return new HostFolder(path);
    }

    /** Opens a file to every user of the host. */
    private static void open(Path path) {
        try {
            String all = Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-";
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(all));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} belongs to another user", path);
        }
    }

    /** A file to be locked, made where it is not there. */
    FileChannel open(String name) throws IOException {
        Path file = path.resolve(name);
        try {
            // Linux refuses to make what is there already as another user's, in a folder that is everybody's.
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            FileChannel made = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            open(file);
            return made;
        }
    }

    /** Writes a description of the work of this process. */
    Path enter(String what) {
        long pid = ProcessHandle.current().pid();
        Path file = path.resolve("who").resolve(pid + "-" + NUMBER.incrementAndGet());
        try {
            Files.writeString(file, "process %d, which %s".formatted(pid, what));
            open(file);
        } catch (IOException e) {
            // The lock holds nevertheless; only a waiting process reports less.
            LOG.warn("Cannot describe the work of this process in {}: {}", file, e.toString());
        }
        return file;
    }

    /** Deletes the description; one that cannot be deleted stays until its process ends. */
    void leave(Path entered) {
        try {
            Files.deleteIfExists(entered);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}, which describes the work of this process: {}", entered, e.toString());
        }
    }

    /** The processes that compute on this host now, in words. */
    String whom() throws IOException {
        List<String> whom = new ArrayList<>();
        try (Stream<Path> files = Files.list(path.resolve("who"))) {
            for (Path file : files.sorted().toList()) {
                if (lives(file)) {
                    whom.add(read(file));
                }
            }
        }
        String words = whom.stream().filter(word -> !word.isBlank()).distinct().collect(Collectors.joining("; "));
        return words.isEmpty() ? "another process of this host" : words;
    }

    private static boolean lives(Path file) {
        String pid = String.valueOf(file.getFileName()).split("-", 2)[0];
        boolean lives = pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).isPresent();
        if (!lives) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} belongs to another user", file);
            }
        }
        return lives;
    }

    /** Text of a description; empty where its process has just ended, or lets no other user read it. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            LOG.debug("Cannot read {}", file, e);
            return "";
        }
    }
}
