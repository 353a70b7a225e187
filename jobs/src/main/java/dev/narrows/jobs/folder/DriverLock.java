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

/** One driver a results folder: a lock of the operating system on a disk of this machine, a {@link Lease} elsewhere. */
public interface DriverLock extends AutoCloseable {
    /** How the names of the files that say who drives begin. */
    String FILE = "_driver";

    /**
     * Takes the folder.
     *
     * @param note hears, in a sentence, why this takes time
     * @throws BadInput where another driver has it, saying which
     */
    static DriverLock of(Folder folder, String study, Consumer<String> note) throws IOException {
        Optional<Path> local = folder.local();
        return local.isPresent() ? LockFile.of(local.get(), study) : Lease.take(folder, study, Lease.Terms.USUAL, note);
    }

    /** Who drives the study of a folder at this moment; empty where nobody does. */
    static Optional<String> holder(Folder folder) throws IOException {
        Optional<Path> local = folder.local();
        return local.isPresent() ? LockFile.holder(local.get()) : Lease.holder(folder, Lease.Terms.USUAL);
    }

    /** The driver of this process, as others are told of it. */
    static String me() {
        return "on host %s, process %d, since %s"
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
        return new BadInput(
                "Cannot run study %s into %s: another driver is at it, %s".formatted(study, folder, holder));
    }

    /** @throws FolderLostException where the folder is no longer this driver's */
    void check();

    @Override
    void close();
}
