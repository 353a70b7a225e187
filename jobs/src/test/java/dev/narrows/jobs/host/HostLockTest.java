package dev.narrows.jobs.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any number of trials on a host, or one probe: between threads, between processes, and past a death. */
@Timeout(120)
class HostLockTest {
    @TempDir
    Path temporary;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> waits = new LinkedBlockingQueue<>();
    private HostFolder folder;

    @BeforeEach
    void make() throws IOException {
        folder = HostFolder.made(temporary.resolve("host"));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Holds a lock on a thread of its own from {@code held} on until it is let go. */
    private final class Held {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);
        private final Future<?> thread;

        private Held(Callable<HostLock> lock) {
            thread = threads.submit(() -> {
                try (HostLock taken = lock.call()) {
                    held.countDown();
                    free.await();
                    return taken;
                }
            });
        }

        private void letGo() throws Exception {
            free.countDown();
            thread.get();
        }

        private boolean isHeld() {
            return held.getCount() == 0;
        }
    }

    private Held trial(String study) {
        return new Held(() -> HostLock.forTrial(study, folder));
    }

    private Held probe(String study) {
        return new Held(() -> HostLock.forProbe(study, waits::add, folder));
    }

    @Test
    void trialsRunBesideEachOtherAndAProbeAlone() throws Exception {
        Held one = trial("one");
        Held two = trial("two");
        one.held.await();
        two.held.await();
        Held probe = probe("three");
        assertThat(waits.take())
                .contains("process %d, which trains study one"
                        .formatted(ProcessHandle.current().pid()))
                .contains("which trains study two");
        one.letGo();
        assertThat(probe.isHeld()).isFalse();
        two.letGo();
        probe.held.await();
        probe.letGo();
        assertThat(temporary.resolve("host/who")).isEmptyDirectory();
    }

    @Test
    void noTrialOvertakesAProbeThatWaits() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        Held first = trial("first");
        first.held.await();
        Future<?> probe = threads.submit(() -> {
            try (HostLock lock = HostLock.forProbe("probe", waits::add, folder)) {
                order.add("probe " + (lock != null));
            }
            return null;
        });
        waits.take();
        Future<?> second = threads.submit(() -> {
            try (HostLock lock = HostLock.forTrial("second", folder)) {
                order.add("trial " + (lock != null));
            }
            return null;
        });
        first.letGo();
        probe.get();
        second.get();
        assertThat(order).containsExactly("probe true", "trial true");
    }

    /** As under a umask of 077, with which a process of another user could not read them. */
    @Test
    void descriptionsAreReadableByEveryUser() throws Exception {
        Path entered = folder.enter("trains study one");
        assertThat(Files.getPosixFilePermissions(entered)).contains(PosixFilePermission.OTHERS_READ);
        folder.leave(entered);
    }

    @Test
    void aDescriptionThatCannotBeReadIsLeftOut() throws Exception {
        Path entered = folder.enter("trains study one");
        // No user reads a folder as a file, not even root, whom no permission stops.
        Files.createDirectory(
                folder.path().resolve("who").resolve(ProcessHandle.current().pid() + "-unreadable"));
        assertThat(folder.whom())
                .isEqualTo("process %d, which trains study one"
                        .formatted(ProcessHandle.current().pid()));
        folder.leave(entered);
    }

    @Test
    void aWaitThatIsInterruptedLeavesNothingTaken() throws Exception {
        Held trial = trial("one");
        trial.held.await();
        Held probe = probe("two");
        waits.take();
        probe.thread.cancel(true);
        trial.letGo();
        Held next = trial("three");
        next.held.await();
        next.letGo();
        Held again = probe("two");
        again.held.await();
        again.letGo();
    }

    @Test
    void aProbeWaitsForATrialOfAnotherProcessAndNotForADeadOne() throws Exception {
        try (Other other = new Other("trial")) {
            Held probe = probe("here");
            assertThat(waits.take())
                    .isEqualTo("process %d, which trains study elsewhere".formatted(other.process.pid()));
            assertThat(probe.isHeld()).isFalse();
            other.process.destroyForcibly();
            probe.held.await();
            probe.letGo();
        }
    }

    @Test
    void aTrialWaitsForAProbeOfAnotherProcess() throws Exception {
        try (Other other = new Other("probe")) {
            Held trial = trial("here");
            assertThat(trial.held.await(300, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(folder.whom())
                    .isEqualTo(
                            "process %d, which measures the latency of study elsewhere".formatted(other.process.pid()));
            other.process.destroyForcibly();
            trial.held.await();
            trial.letGo();
        }
    }

    @Test
    void aTrialWhoseWordCannotBeTakenAwayIsCountedOut() throws Exception {
        Held trial = trial("one");
        trial.held.await();
        Path stuck = undeletable();
        trial.letGo();
        remove(stuck);
        Held probe = probe("two");
        probe.held.await();
        probe.letGo();
        assertThat(waits).isEmpty();
    }

    @Test
    void aProbeWhoseWordCannotBeTakenAwayGivesTheGateBack() throws Exception {
        Held probe = probe("one");
        probe.held.await();
        Path stuck = undeletable();
        probe.letGo();
        remove(stuck);
        Held trial = trial("two");
        trial.held.await();
        trial.letGo();
        Held again = probe("three");
        again.held.await();
        again.letGo();
    }

    /** Puts something into the place of the only word that not even the owner of the host can delete. */
    private Path undeletable() throws IOException {
        Path word;
        try (Stream<Path> words = Files.list(folder.path().resolve("who"))) {
            word = words.findAny().orElseThrow();
        }
        Files.delete(word);
        Files.createDirectories(word.resolve("full"));
        return word;
    }

    private static void remove(Path stuck) throws IOException {
        Files.delete(stuck.resolve("full"));
        Files.delete(stuck);
    }

    /** A process that holds the lock from its construction on. */
    private final class Other implements AutoCloseable {
        private final Process process;

        private Other(String use) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            use,
                            folder.path().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .isEqualTo("held");
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    /** Main method of the other process. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            HostFolder folder = HostFolder.made(Path.of(args[1]));
            try (HostLock lock = args[0].equals("trial")
                    ? HostLock.forTrial("elsewhere", folder)
                    : HostLock.forProbe("elsewhere", whom -> {}, folder)) {
                System.out.println(lock == null ? "free" : "held");
                Thread.sleep(100_000);
            }
        }
    }
}
