package dev.narrows.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lease needs of a store only that it makes a file where none is; so a disk serves for its tests. */
class LeaseTest {
    private static final Lease.Terms QUICK = new Lease.Terms(Duration.ofMillis(100), Duration.ofMillis(1500));

    private final List<String> notes = new ArrayList<>();

    @TempDir
    Path disk;

    private Folder folder;

    @BeforeEach
    void open() {
        folder = Folder.at(disk.toString(), new Configuration(false));
    }

    private Lease take() {
        return Lease.take(folder, "s", QUICK, notes::add);
    }

    @Test
    void aSecondDriverIsRefusedUntilTheFirstIsDone() {
        try (Lease first = take()) {
            first.check();
            assertThatThrownBy(this::take)
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("Cannot run study s into " + disk + ": a driver on host ")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(Lease.holder(folder, QUICK).orElseThrow())
                    .contains("process " + ProcessHandle.current().pid());
        }
        assertThat(notes)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Waiting for a sign of life from the driver on host ");
        assertThat(Lease.holder(folder, QUICK)).isEmpty();
        notes.clear();
        take().close();
        assertThat(notes).isEmpty();
        assertThat(folder.names())
                .as("one lease stays, with the number that was reached")
                .hasSize(1);
    }

    @Test
    void theLeaseOfADriverThatDiedOnThisMachineIsTakenOverAtOnce() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        disk.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(Lease.holder(folder, QUICK).orElseThrow()).contains("process " + other.pid());
            assertThatThrownBy(this::take).hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        notes.clear();
        assertThat(Lease.holder(folder, QUICK)).isEmpty();
        take().close();
        assertThat(notes).as("nobody was waited for").isEmpty();
    }

    @Test
    void aSilentDriverOfAnotherMachineIsTakenForDead() {
        LeaseText elsewhere = new LeaseText("on host far", "t", "another machine", "1 ", Instant.now());
        assertThat(folder.create("_driver-000000007", elsewhere.text())).isTrue();
        assertThat(Lease.holder(folder, QUICK)).contains("on host far");
        try (Lease lease = take()) {
            assertThat(notes)
                    .containsExactly("Waiting for a sign of life from the driver on host far, for at most 1 s");
            lease.check();
            assertThat(folder.names()).containsExactly("_driver-000000008");
        }
    }

    @Test
    void whoLosesItsLeaseStops() throws Exception {
        try (Lease slept = take()) {
            LeaseText other = new LeaseText("on host far", "t", "another machine", "1 ", Instant.now());
            assertThat(folder.create("_driver-000000002", other.text())).isTrue();
            Optional<String> lost = Optional.empty();
            for (int i = 0; i < 600 && lost.isEmpty(); i++) {
                Thread.sleep(50);
                lost = lost(slept);
            }
            assertThat(lost).contains("Cannot go on in " + disk + ": another driver has taken it over");
        }
        assertThat(folder.text("_driver-000000002").orElseThrow()).startsWith("on host far");
    }

    private static Optional<String> lost(Lease lease) {
        try {
            lease.check();
            return Optional.empty();
        } catch (FolderLostException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Test
    void ofManyWhoTryAtOnceOneDrives() {
        AtomicInteger drivers = new AtomicInteger();
        List<Lease> leases = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> {
                    try {
                        Lease lease = take();
                        drivers.incrementAndGet();
                        return Optional.of(lease);
                    } catch (BadInput e) {
                        return Optional.<Lease>empty();
                    }
                })
                .flatMap(Optional::stream)
                .toList();
        assertThat(drivers).hasValue(1);
        leases.forEach(Lease::close);
    }

    /** A driver that does nothing but be there. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            Lease.take(Folder.at(args[0], new Configuration(false)), "s", QUICK, note -> {});
            System.out.println("held");
            Thread.sleep(TimeUnit.MINUTES.toMillis(2));
        }
    }
}
