package dev.narrows.jobs;

import dev.narrows.study.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One driver a results folder. The lock is the operating system's, so that a dead driver holds none; the file says who
 * holds it.
 */
final class DriverLock implements AutoCloseable {
    static final String FILE = "_driver";

    /**
     * The locks of this process. They are looked up before a file is opened, because POSIX drops a process's lock when
     * it closes any descriptor of the file.
     */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DriverLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws BadInput where another driver has it, saying which */
    static DriverLock of(Path folder, String study) throws IOException {
        Path file = folder.toRealPath().resolve(FILE);
        if (!HERE.add(file)) {
            throw taken(folder, study);
        }
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            HERE.remove(file);
            throw taken(folder, study);
        }
        String holder = "on host %s, process %d, since %s%n"
                .formatted(host(), ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
        return new DriverLock(file, channel);
    }

    private static BadInput taken(Path folder, String study) throws IOException {
        return new BadInput("Cannot run study %s into %s: another driver is at it, %s"
                .formatted(study, folder, Files.readString(folder.resolve(FILE)).strip()));
    }

    /** Who drives the study of a folder at this moment; empty where nobody does. */
    static Optional<String> holder(Path folder) throws IOException {
        Path file = folder.toRealPath().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (HERE.contains(file)) {
            return Optional.of(Files.readString(file).strip());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give back the driver's lock: " + e, e);
        } finally {
            HERE.remove(file);
        }
    }
}
