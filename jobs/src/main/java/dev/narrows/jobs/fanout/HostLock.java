package dev.narrows.jobs.fanout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may compute on this host: any number of trials, or one latency probe and nothing beside it, whichever studies and
 * processes they belong to.
 *
 * <p>Two files in a folder of the host carry it. A trial holds {@code main} shared; a probe holds it alone. Both pass
 * {@code gate} first, and a probe keeps it until it has ended, so that no new trial gets past a probe that waits. The
 * locks are the operating system's, so that a dead process holds none. They hold between processes: inside one, where a
 * second file lock throws instead of waiting, {@link #GATE} and the count of trials do the same.
 */
public final class HostLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLock.class);

    private static final int LOOK_EVERY_MILLIS = 50;

    /** A wait as short as the passing of a trial is not worth a word. */
    private static final long TELL_AFTER_NANOS = 500_000_000;

    /** Fair: whoever comes later does not go first. */
    private static final ReentrantLock GATE = new ReentrantLock(true);

    private static final Object TRIALS = new Object();
    private static int trialsHere;
    private static @Nullable FileChannel shared;

    private final @Nullable HostFolder folder;
    private final @Nullable Path holder;
    private final @Nullable FileChannel gate;
    private final @Nullable FileChannel main;

    private HostLock(
            @Nullable HostFolder folder,
            @Nullable Path holder,
            @Nullable FileChannel gate,
            @Nullable FileChannel main) {
        this.folder = folder;
        this.holder = holder;
        this.gate = gate;
        this.main = main;
    }

    /**
     * For a trial of a study: waits while a probe measures on this host, or waits to. Where processes of this host have no
     * folder to agree by, it runs all the same: only a probe needs to be alone.
     */
    public static HostLock forTrial(String study) throws InterruptedException, IOException {
        HostFolder folder;
        try {
            folder = HostFolder.ofHost();
        } catch (IOException e) {
            LOG.warn("A trial of {} runs unseen by latency probes: {}", study, e.getMessage());
            return new HostLock(null, null, null, null);
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
            return new HostLock(folder, folder.enter("trains study " + study), null, null);
        } finally {
            GATE.unlock();
        }
    }

    /**
     * For a probe of a study: waits until no trial runs on this host and no other probe. The thread that took it gives it
     * back.
     *
     * @param waits hears for whom it waits, each time that changes
     */
    public static HostLock forProbe(String study, Consumer<String> waits) throws InterruptedException, IOException {
        return forProbe(study, waits, HostFolder.ofHost());
    }

    static HostLock forProbe(String study, Consumer<String> waits, HostFolder folder)
            throws InterruptedException, IOException {
        Wait wait = new Wait(folder, waits);
        wait.until(() -> GATE.tryLock());
        List<FileChannel> opened = new java.util.ArrayList<>();
        try {
            FileChannel gate = folder.open("gate");
            opened.add(gate);
            wait.until(() -> gate.tryLock() != null);
            wait.until(HostLock::noTrialHere);
            FileChannel main = folder.open("main");
            opened.add(main);
            wait.until(() -> main.tryLock() != null);
            return new HostLock(folder, folder.enter("measures the latency of study " + study), gate, main);
        } catch (IOException | InterruptedException | RuntimeException e) {
            for (FileChannel channel : opened) {
                channel.close();
            }
            GATE.unlock();
            throw e;
        }
    }

    private static boolean noTrialHere() {
        synchronized (TRIALS) {
            return trialsHere == 0;
        }
    }

    @Override
    public void close() throws IOException {
        if (folder == null || holder == null) {
            return;
        }
        folder.leave(holder);
        if (gate != null && main != null) {
            try (gate;
                    main) {
                LOG.debug("the host is free again");
            } finally {
                GATE.unlock();
            }
            return;
        }
        synchronized (TRIALS) {
            trialsHere--;
            if (trialsHere == 0 && shared != null) {
                // Closing the channel gives the lock back.
                shared.close();
                shared = null;
            }
        }
    }

    /** A wait that tells for whom. Asking is not waiting in the kernel: Java's own wait there cannot say for whom. */
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
