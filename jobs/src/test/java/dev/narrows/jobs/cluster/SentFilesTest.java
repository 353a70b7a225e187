package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentFilesTest {
    private final Path arrived = Path.of("sent-to-the-driver.conf");

    @TempDir
    Path folder;

    @AfterEach
    void forget() throws IOException {
        System.clearProperty("spark.submit.deployMode");
        System.clearProperty("spark.files");
        Files.deleteIfExists(arrived);
    }

    @Test
    void aStudyIsFoundByItsNameInADriverInsideACluster() throws IOException {
        Path sent = Files.writeString(folder.resolve(arrived), """
                study = sent
                data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
                grid = [ { family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2] } ]
                """);
        System.setProperty("spark.files", sent.toUri().toString());
        assertThat(CommandLineRun.of("plan", arrived).err()).contains("there is no such file");
        System.setProperty("spark.submit.deployMode", "cluster");
        CommandLineRun plan = CommandLineRun.of("plan", arrived);
        assertThat(plan.exitCode()).as(plan.err()).isZero();
    }

    @Test
    void whatTheDriversHostDoesNotReachIsSaidWithWhatToDo() {
        System.setProperty("spark.submit.deployMode", "cluster");
        System.setProperty("spark.files", "file:" + folder.resolve("none.conf"));
        CommandLineRun plan = CommandLineRun.of("plan", "none.conf");
        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.err())
                .startsWith("Cannot fetch file:" + folder.resolve("none.conf") + ", which --files names")
                .contains("there is no such file or folder; name it where every worker reaches it")
                .hasLineCount(1);
    }
}
