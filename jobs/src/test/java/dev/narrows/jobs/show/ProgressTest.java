package dev.narrows.jobs.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ProgressTest {
    private static final String ERASE = "\r\033[K";

    private final StringWriter err = new StringWriter();

    private Terminal terminal(boolean live) {
        PrintWriter writer = new PrintWriter(err);
        return new Terminal(writer, writer, 100, Ansi.OFF, live);
    }

    @Test
    void aNoteStandsOnALineOfItsOwnBesideTheBar() {
        Terminal terminal = terminal(true);
        try (Progress progress = new Progress(terminal, "training", 2, () -> 1, () -> 60, new EpochCount(6, () -> 2))) {
            progress.note("a note");
            progress.ended(true, 0.75, 3);
        }
        String[] drawn = err.toString().split("\n", -1);
        // A line that is drawn begins where it erases the last one, and nothing follows it before the next erasure.
        assertThat(drawn[0]).startsWith(ERASE).endsWith(ERASE + "a note");
        assertThat(drawn).hasSize(2);
        assertThat(drawn[1]).endsWith(ERASE);
        for (String line : List.of(drawn[0], drawn[1])) {
            for (String part : line.substring(ERASE.length()).split("\r", -1)) {
                assertThat(part.length()).isLessThanOrEqualTo(100 + ERASE.length());
            }
        }
    }

    @Test
    void epochsOfRunningTrialsCountAndNeverMoreThanThereAre() {
        Terminal terminal = terminal(false).with(ProgressForm.json);
        try (Progress progress =
                new Progress(terminal, "training", 2, () -> 1, () -> Double.NaN, new EpochCount(6, () -> 2))) {
            progress.ended(false, Double.NaN, 3);
            progress.ended(true, 0.5, 3);
        }
        List<String> lines = err.toString().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo("{\"pass\":\"training\",\"done\":1,\"total\":2,\"running\":1,\"failed\":1,\"epochs_done\":5,"
                        + "\"epochs\":6,\"best\":null,\"seconds_left\":null}");
        assertThat(lines.get(lines.size() - 1)).contains("\"done\":2", "\"epochs_done\":6", "\"best\":0.5");
    }

    @Test
    void nothingIsToldWhereNothingWasAskedFor() {
        try (Progress progress =
                new Progress(terminal(true).with(ProgressForm.none), "training", 1, () -> 1, () -> 1)) {
            progress.ended(true, 0.5);
        }
        assertThat(err.toString()).isEmpty();
    }
}
