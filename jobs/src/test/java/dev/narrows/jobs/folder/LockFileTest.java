package dev.narrows.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.BadInput;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    Path folder;

    @Test
    void aSecondDriverIsRefusedUntilTheFirstIsDone() throws Exception {
        try (LockFile first = LockFile.of(folder, "s")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> LockFile.of(folder, "s"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("a driver on host ")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        LockFile.of(folder, "s").close();
        assertThat(LockFile.holder(folder)).isEmpty();
    }

    @Test
    void anotherProcessIsSeenAndItsDeathIsTakenOver() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(LockFile.holder(folder).orElseThrow()).contains("process " + other.pid());
            assertThatThrownBy(() -> LockFile.of(folder, "s")).hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(folder.resolve(DriverLock.FILE))).contains("process " + other.pid());
        LockFile.of(folder, "s").close();
    }

    /** As {@code narrows status} looks, while a driver begins. */
    @Test
    void oneWhoLooksForTheDriverIsNotTakenForIt() throws Exception {
        LockFile.of(folder, "s").close();
        Process looks = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looker.class.getName(),
                        folder.resolve(DriverLock.FILE).toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(looks.inputReader().readLine()).isEqualTo("looks");
            assertThat(LockFile.holder(folder)).isEmpty();
            looks.getOutputStream().close();
            LockFile.of(folder, "s").close();
        } finally {
            looks.destroyForcibly();
            assertThat(looks.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Looks until its input ends. */
    static final class Looker {
        private Looker() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                System.out.println(lock == null ? "refused" : "looks");
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** A driver that does nothing but be there. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            LockFile.of(Path.of(args[0]), "s");
            System.out.println("held");
            Thread.sleep(TimeUnit.MINUTES.toMillis(2));
        }
    }
}
