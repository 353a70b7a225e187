package dev.narrows.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.engine.Watch;
import dev.narrows.jobs.Trials;
import dev.narrows.results.WeightsFolder;
import dev.narrows.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights of a trial are worth no trial. */
class KeepingWatchTest {
    @TempDir
    private Path results;

    private final List<String> notes = new ArrayList<>();

    private void trained(Trial trial) {
        WeightsFolder folder = WeightsFolder.of(results.toString(), new Configuration());
        new KeepingWatch(Watch.none(), folder, trial).trained(() -> new byte[] {1, 2, 3});
    }

    @Test
    void weightsAreKeptByTheIdOfTheirTrial() {
        trained(Trials.trial("0123456789abcdef"));
        assertThat(WeightsFolder.of(results.toString(), new Configuration()).read("0123456789abcdef"))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2, 3));
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndFailsNoTrial() throws IOException {
        // A file in the place of the folder, as a full disk or a quota would refuse it.
        Files.writeString(results.resolve("weights"), "");
        StorageTrouble.to(notes::add);
        trained(Trials.trial("a"));
        trained(Trials.trial("b"));
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("Cannot keep the weights of ")
                .endsWith("; trials go on without");
    }
}
