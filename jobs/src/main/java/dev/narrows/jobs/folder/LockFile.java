package dev.narrows.jobs.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The driver's lock on a disk of this machine. It is the operating system's, so that a dead driver holds none; the file
 * says who holds it.
 */
final class LockFile implements DriverLock {
    /**
     * The locks of this process. They are looked up before a file is opened, because POSIX drops a process's lock when
     * it closes any descriptor of the file.
     */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static LockFile of(Path folder, String study) throws IOException {
        Path file = folder.toRealPath().resolve(FILE);
        if (!HERE.add(file)) {
            throw DriverLock.taken(folder, study, Files.readString(file).strip());
        }
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            HERE.remove(file);
            throw DriverLock.taken(folder, study, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((DriverLock.me() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
        return new LockFile(file, channel);
    }

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

    /** The operating system takes it from nobody who lives. */
    @Override
    public void check() {}

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
