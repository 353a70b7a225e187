package dev.narrows.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.StoredFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a results folder that is cut off is named in one line, by every command that reads it. */
class TruncatedFilesTest {
    private static final int LENGTH = 1000;

    @TempDir
    Path parent;

    private static void truncate(Path file) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), LENGTH));
    }

    private static void refused(String message, Object... command) {
        CommandLineRun run = CommandLineRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).isEqualTo(message + System.lineSeparator());
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aTruncatedTableIsNamedByWhateverReadsIt() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        isNamed("layers.parquet", folder);
        assertThat(CommandLineRun.of("best", folder).exitCode()).isZero();
    }

    /** Without a journal, all that is known of the study is in them. */
    @Test
    void soIsEveryTableOfAFolderThatHasNothingElse() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (folder.relativize(path).toString().startsWith("_")) {
                    Files.delete(path);
                }
            }
        }
        for (String table : List.of("trials.parquet", "epochs.parquet", "latency.parquet", "layers.parquet")) {
            isNamed(table, folder);
        }
        assertThat(CommandLineRun.of("best", folder).exitCode()).isZero();
    }

    private static void isNamed(String table, Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(table));
        truncate(folder.resolve(table));
        String message =
                "Cannot read %s: it is cut off, after %d bytes; narrows run writes the tables anew from the journal"
                        .formatted(folder.resolve(table), LENGTH);
        refused(message, "best", folder);
        refused(message, "show", "5a71", "--in", folder);
        refused(message, "compare", "5a71", "bfb3", "--in", folder);
        Files.write(folder.resolve(table), whole);
    }

    @Test
    void aTruncatedRowIsNamedAndItsTrialCountsAsNotEnded() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        Path row = folder.resolve("_journal/5a717248bb5d5afb.parquet");
        truncate(row);
        String line = ("Cannot read %s: it is cut off, after %d bytes; its trial counts as not ended: narrows run"
                        + " trains it again")
                .formatted(row, LENGTH);
        List<List<Object>> commands = List.of(
                List.of("status", folder),
                List.of("best", folder),
                List.of("report", folder),
                List.of("plan", folder.resolve("study.conf"), "--output", folder),
                List.of("show", "51eb", "--in", folder),
                List.of("compare", "51eb", "bfb3", "--in", folder));
        for (List<Object> command : commands) {
            CommandLineRun run = CommandLineRun.of(command.toArray());
            assertThat(run.exitCode()).as(command + run.err()).isZero();
            assertThat(run.err().lines()).as(command.toString()).containsOnlyOnce(line);
        }
        assertThat(CommandLineRun.of("status", folder).out()).contains("3 of 4 trials have ended");
    }

    @Test
    void aTruncatedLatencyIsNamedAndCountsAsNotMeasured() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        Path latency = folder.resolve("_journal/latency-a8561f0b86b0e4d0-1-5f8481cd.parquet");
        truncate(latency);
        CommandLineRun best = CommandLineRun.of("best", folder);
        assertThat(best.exitCode()).isZero();
        assertThat(best.err().strip())
                .isEqualTo(("Cannot read %s: it is cut off, after %d bytes; its latency counts as not"
                                + " measured: narrows run measures it again")
                        .formatted(latency, LENGTH));
    }

    @Test
    void manyTruncatedFilesAreCounted() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        for (String id : List.of("51eb211dff611bb5", "5a717248bb5d5afb", "698d276614d6b799", "bfb3558daebbc9ae")) {
            truncate(folder.resolve("_journal/" + id + ".parquet"));
        }
        CommandLineRun status = CommandLineRun.of("status", folder);
        assertThat(status.err().lines()).hasSize(4);
        assertThat(status.err()).contains("1 more files of the journal cannot be read, and count as not there");
    }

    @Test
    void aTruncatedFileOfManyTrialsIsRefusedAndNothingChanges() throws IOException {
        Path folder = StoredFolder.COMPACTED.into(parent);
        Path compacted = folder.resolve("_journal/compacted-000001.parquet");
        byte[] whole = Files.readAllBytes(compacted);
        truncate(compacted);
        String message = ("Cannot read %s: it is cut off, after %d bytes; it holds the rows of many trials: run again"
                        + " where its disk or store was only away, or bring it back from a copy, or delete it to have"
                        + " them run again")
                .formatted(compacted, LENGTH);
        Path study = Files.copy(folder.resolve("study.conf"), parent.resolve("study.conf"));
        refused(message, "run", study, "--output", folder);
        refused(message, "plan", study, "--output", folder);
        refused(message, "status", folder);
        refused(message, "best", folder);
        refused(message, "report", folder);
        assertThat(compacted).hasSize(LENGTH);
        Files.write(compacted, whole);
        assertThat(CommandLineRun.of("status", folder).out()).contains("303 of 303 trials have ended");
    }
}
