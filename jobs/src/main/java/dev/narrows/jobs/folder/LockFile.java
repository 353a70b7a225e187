package dev.narrows.jobs.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
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

    /** Tries to lock the file, and the pause between two. */
    private static final int LOOKS = 20;

    private static final int LOOK_EVERY_MILLIS = 50;

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
        if (!isLocked(channel)) {
            channel.close();
            HERE.remove(file);
            throw DriverLock.taken(folder, study, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((DriverLock.me() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
        return new LockFile(file, channel);
    }

    /** Locks it, past the short locks of those that only look for its holder. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        for (int look = 1; channel.tryLock() == null; look++) {
            if (look == LOOKS) {
                return false;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** The driver that holds it; empty where none does, and where this user may not look. */
    static Optional<String> holder(Path folder) throws IOException {
        Path file = folder.toRealPath().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (HERE.contains(file)) {
            return Optional.of(Files.readString(file).strip());
        }
        // Read-only and shared: results of others can be looked at, and two that look do not see each other.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.empty();
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
