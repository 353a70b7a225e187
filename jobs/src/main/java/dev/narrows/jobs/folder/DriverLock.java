package dev.narrows.jobs.folder;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One driver per results folder: a lock of the operating system on a disk of this machine, a {@link Lease} elsewhere.
 */
public interface DriverLock extends AutoCloseable {
    /** Prefix of the names of files that name the driver. */
    String FILE = "_driver";

    /**
     * Takes the folder.
     *
     * @param note callback for a sentence on why this takes time
     * @throws BadInput where another driver has it, saying which
     */
    static DriverLock of(Folder folder, String study, Consumer<String> note) throws IOException {
        Optional<Path> local = folder.local();
        return local.isPresent() ? LockFile.of(local.get(), study) : Lease.take(folder, study, Lease.Terms.USUAL, note);
    }

    /** The driver of the study in a folder at this moment; empty where there is none. */
    static Optional<String> holder(Folder folder) throws IOException {
        Optional<Path> local = folder.local();
        return local.isPresent() ? LockFile.holder(local.get()) : Lease.holder(folder, Lease.Terms.USUAL);
    }

    /** The driver of this process, as messages to others name it. */
    static String me() {
        return "on host %s (process %d, since %s)"
                .formatted(host(), ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    static BadInput taken(Object folder, String study, String holder) {
        return new BadInput("Cannot run study %s into %s: a driver %s is running it; wait, or give another --output"
                .formatted(study, folder, holder));
    }

    /** @throws FolderLostException where another driver has taken the folder over */
    void check();

    @Override
    void close();
}
