package dev.narrows.jobs.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to compute on this host: any number of trials have it at once, or one latency probe and nothing beside it,
 * of all studies and processes.
 *
 * <p>Two files in a folder of the host carry it. A trial holds {@code main} shared; a probe holds it alone. Both pass
 * {@code gate} first, and a probe keeps it until it has ended, so that no new trial gets past a probe that waits. The
 * locks are the operating system's, so that a dead process holds none. They hold between processes: inside one, where a
 * second file lock throws instead of waiting, {@link #GATE} and the count of trials do the same.
 */
public final class HostLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLock.class);

    private static final int LOOK_EVERY_MILLIS = 50;

    /** Time without a message: a wait as short as the passing of a trial needs none. */
    private static final long TELL_AFTER_NANOS = 500_000_000;

    /** Fair, so that waiting threads enter in their order. */
    private static final ReentrantLock GATE = new ReentrantLock(true);

    private static final Object TRIALS = new Object();
    private static int trialsHere;
    private static @Nullable FileChannel shared;

    private final Release release;

    private HostLock(Release release) {
        this.release = release;
    }

    /** The way back out of a lock. */
    private interface Release {
        void run() throws IOException;
    }

    /**
     * Takes the right for a trial of a study: waits while a probe measures on this host, or waits to. Without a folder
     * to agree by, the trial runs nevertheless: only a probe needs to be alone.
     */
    public static HostLock forTrial(String study) throws InterruptedException, IOException {
        HostFolder folder;
        try {
            folder = HostFolder.ofHost();
        } catch (IOException e) {
            LOG.warn("A trial of {} runs unseen by latency probes: {}", study, e.getMessage());
            return new HostLock(() -> {});
        }
        return forTrial(study, folder);
    }

    static HostLock forTrial(String study, HostFolder folder) throws InterruptedException, IOException {
        Wait wait = new Wait(folder, waits -> LOG.info("A trial of {} waits for {}", study, waits));
        GATE.lockInterruptibly();
        try (FileChannel passed = folder.open("gate")) {
            wait.until(() -> passed.tryLock() != null);
            synchronized (TRIALS) {
                if (trialsHere == 0) {
                    FileChannel channel = folder.open("main");
                    try {
                        wait.until(() -> channel.tryLock(0, Long.MAX_VALUE, true) != null);
                    } catch (IOException | InterruptedException e) {
                        channel.close();
                        throw e;
                    }
                    shared = channel;
                }
                trialsHere++;
            }
            Path entered = folder.enter("trains study " + study);
            return new HostLock(() -> {
                folder.leave(entered);
                leaveTrials();
            });
        } finally {
            GATE.unlock();
        }
    }

    /**
     * Takes the right for a probe of a study: waits until no trial runs on this host and no other probe. The thread
     * that took it gives it back.
     *
     * @param waits callback with the processes that it waits for, each time they change
     */
    public static HostLock forProbe(String study, Consumer<String> waits) throws InterruptedException, IOException {
        return forProbe(study, waits, HostFolder.ofHost());
    }

    static HostLock forProbe(String study, Consumer<String> waits, HostFolder folder)
            throws InterruptedException, IOException {
        Wait wait = new Wait(folder, waits);
        wait.until(() -> GATE.tryLock());
        List<FileChannel> opened = new ArrayList<>();
        try {
            FileChannel gate = folder.open("gate");
            opened.add(gate);
            wait.until(() -> gate.tryLock() != null);
            wait.until(HostLock::noTrialHere);
            FileChannel main = folder.open("main");
            opened.add(main);
            wait.until(() -> main.tryLock() != null);
        } catch (IOException | InterruptedException | RuntimeException e) {
            leaveGate(opened);
            throw e;
        }
        Path entered = folder.enter("measures the latency of study " + study);
        return new HostLock(() -> {
            folder.leave(entered);
            leaveGate(opened);
        });
    }

    /** Gives back what a probe holds; whatever fails, the next of this process gets past the gate. */
    private static void leaveGate(List<FileChannel> opened) throws IOException {
        try {
            for (FileChannel channel : opened) {
                channel.close();
            }
        } finally {
            GATE.unlock();
        }
    }

    /** Counts a trial out; the last one lets probes of other processes in. */
    private static void leaveTrials() throws IOException {
        synchronized (TRIALS) {
            trialsHere--;
            FileChannel last = shared;
            if (trialsHere == 0 && last != null) {
                shared = null;
                // Closing the channel gives the lock back.
                last.close();
            }
        }
    }

    private static boolean noTrialHere() {
        synchronized (TRIALS) {
            return trialsHere == 0;
        }
    }

    @Override
    public void close() throws IOException {
        release.run();
    }

    /** A wait that reports what it waits for. It polls, because a wait in the kernel cannot report anything. */
    private static final class Wait {
        private final HostFolder folder;
        private final Consumer<String> waits;
        private final long since = System.nanoTime();
        private String told = "";

        private Wait(HostFolder folder, Consumer<String> waits) {
            this.folder = folder;
            this.waits = waits;
        }

        /** Something that is there or not. */
        private interface Attempt {
            boolean succeeds() throws IOException;
        }

        private void until(Attempt attempt) throws IOException, InterruptedException {
            while (!attempt.succeeds()) {
                if (System.nanoTime() - since > TELL_AFTER_NANOS) {
                    String whom = folder.whom();
                    if (!whom.equals(told)) {
                        told = whom;
                        waits.accept(whom);
                    }
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }
}
