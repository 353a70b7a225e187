package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The words that a run prints to go on can be pasted: they name the study and every option that it was given. */
final class GivenStudyTest {
    @Test
    void typedNamesTheOptionsOfTheStudyInQuotesWhereAShellNeedsThem() {
        GivenStudy given = CommandLine.populateCommand(
                new GivenStudy(),
                "conf/studies/quickstart.conf",
                "--set",
                "training.epochs=5",
                "--set",
                "latency.batch-sizes=[1,32]",
                "--output",
                "/data/it's mine",
                "--cluster",
                "conf/clusters/yarn.conf");

        assertThat(given.typed())
                .isEqualTo("conf/studies/quickstart.conf --set training.epochs=5 --set"
                        + " 'latency.batch-sizes=[1,32]' --output '/data/it'\\''s mine' --cluster"
                        + " conf/clusters/yarn.conf");
    }

    @Test
    void typedIsTheStudyAloneWithoutOptions() {
        assertThat(CommandLine.populateCommand(new GivenStudy(), "results/quickstart")
                        .typed())
                .isEqualTo("results/quickstart");
    }
}
