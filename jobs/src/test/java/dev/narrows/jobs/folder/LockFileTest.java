package dev.narrows.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
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
