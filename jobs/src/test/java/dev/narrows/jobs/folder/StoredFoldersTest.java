package dev.narrows.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.StoredFolder;
import dev.narrows.results.PublicTables;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results folders that an earlier version has left open as before, and go on where they stopped. */
class StoredFoldersTest {
    @TempDir
    Path parent;

    @AfterEach
    void stop() {
        LocalSpark.stop();
    }

    private static List<TrialRow> rows(Path folder) {
        return new ResultsFolder(folder).journal().rows();
    }

    private static void says(List<?> command, String... words) {
        CommandLineRun run = CommandLineRun.of(command.toArray());
        assertThat(run.exitCode()).as(command + run.err()).isZero();
        assertThat(run.err()).as(command.toString()).isEmpty();
        assertThat(run.out()).as(command.toString()).contains(words);
    }

    @Test
    void rowsOnLabelsComeBackAsTheyWere() throws IOException {
        List<TrialRow> rows = rows(StoredFolder.LABELS.into(parent));
        assertThat(rows)
                .extracting(TrialRow::trialId)
                .containsExactly("51eb211dff611bb5", "5a717248bb5d5afb", "698d276614d6b799", "bfb3558daebbc9ae");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.study()).isEqualTo("labels");
            assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(row.training().epochs()).isEqualTo(2);
            assertThat(row.training().precision()).isEqualTo(Precision.FP32);
            assertThat(row.training().optimizer()).isInstanceOf(Optimizer.AdamW.class);
            assertThat(row.training().labelSmoothing()).isEqualTo(0.1);
            assertThat(row.training().augmentation().crop()).isEqualTo(2);
            assertThat(row.data().source()).isEqualTo("bundled:fashion-mnist");
            assertThat(row.data().train()).contains(100);
            assertThat(row.validationImages()).isEqualTo(100);
            assertThat(row.result().epochs()).hasSize(2);
            assertThat(row.result().validationHits()).isNotNull();
            assertThat(row.result().narrows()).isNotNull();
            assertThat(row.result().environment().threads()).isEqualTo(1);
        });
        TrialRow best = rows.get(1);
        assertThat(best.variant()).isEqualTo("bottleneck cardinality=1");
        assertThat(best.settings().values())
                .containsEntry("widths", List.of(16, 32))
                .containsEntry("mid-ratio", 0.5);
        assertThat(best.result().finalValidationAccuracy()).isEqualTo(0.17);
        assertThat(best.cost().params()).isEqualTo(5186);
    }

    @Test
    void tablesAndCommandsOnLabelsSayWhatTheySaid() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        ResultsFolder results = new ResultsFolder(folder);
        PublicTables tables = PublicTables.open(results.address(), results.settings());
        assertThat(tables.labels())
                .isEqualTo(Map.of(
                        "a8561f0b86b0e4d0", "bottleneck cardinality=1",
                        "d8aa13dfae3f5354", "residual"));
        assertThat(tables.trials()).extracting(TrialRow::variant).doesNotContain("bottleneck cardinality=3");
        assertThat(results.journal().latency()).hasSize(8).allSatisfy(row -> {
            assertThat(row.samples()).isGreaterThanOrEqualTo(10);
            assertThat(row.relative()).isNotNull();
        });
        assertThat(results.journal().latency())
                .extracting(LatencyRow::variantId)
                .containsOnly("a8561f0b86b0e4d0", "d8aa13dfae3f5354");
        says(List.of("status", folder), "labels: 4 of 4 trials have ended", "4 completed", "17.00 %");
        says(
                List.of("best", folder),
                "Take bottleneck cardinality=1 (a8561f0b86b0e4d0)",
                "+2.00 points, 95 % interval −57.03 … +61.03",
                "11.00 %, mean of 2 trained networks",
                "5.19 k",
                "192 µs");
        says(List.of("show", "5a71", "--in", folder), "bottleneck cardinality=1, seed 1", "14.00 %");
        says(List.of("report", folder, "--to", parent.resolve("report.html")), "Report: ");
        says(
                List.of("report", folder, "--text"),
                "Does an old folder open?",
                "bottleneck and residual cannot be compared at equal cost",
                "take bottleneck cardinality=1: validation accuracy of 12.00 %, 5.19 k params",
                "−2.00 points (95 % interval −61.03 … +57.03)",
                "a  10.00 %  422  residual",
                "b  12.00 %  5.19 k  bottleneck cardinality=1");
    }

    @Test
    void overlapsOnMasksComeBackAsTheyWere() throws IOException {
        Path folder = StoredFolder.MASKS.into(parent);
        assertThat(rows(folder)).hasSize(2).allSatisfy(row -> {
            assertThat(row.training().loss()).isEqualTo(Loss.CROSS_ENTROPY_AND_DICE);
            assertThat(row.training().augmentation().turn()).isTrue();
            assertThat(row.result().validationHits()).isNull();
            assertThat(row.result().finalValidationOverlap()).isNotNull();
            assertThat(row.result().testOverlap()).isNotNull();
        });
        says(List.of("status", folder), "masks: 2 of 2 trials have ended", "mean IoU 37.65 %");
        says(List.of("best", folder), "Take u-net (ed39b138a1af23f6)", "37.65 %", "mean IoU 39.52 %, mean of 2");
        says(
                List.of("report", folder, "--text"),
                "Without a limit on cost, take u-net: mean IoU of 37.65 %, 450 params, 934 k MACs.",
                "y axis: mean IoU, x axis: params");
    }

    @Test
    void aCompactedJournalIsReadWhole() throws IOException {
        Path folder = StoredFolder.COMPACTED.into(parent);
        assertThat(rows(folder)).hasSize(303).extracting(TrialRow::seed).doesNotHaveDuplicates();
        assertThat(new ResultsFolder(folder).journal().ended()).hasSize(303);
        says(List.of("status", folder), "compacted: 303 of 303 trials have ended");
        says(List.of("best", folder), "Take residual (6f4b252007311eee)", "9.85 %", "10.07 %, mean of 303");
    }

    @Test
    void finishedTrialsOfACompactedJournalAreNotRunAgain() throws IOException {
        Path folder = StoredFolder.COMPACTED.into(parent);
        Path compacted = folder.resolve("_journal/compacted-000001.parquet");
        byte[] before = Files.readAllBytes(compacted);
        CommandLineRun run = run(folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("303 of 303 trials have ended before; 0 to go");
        assertThat(compacted).hasBinaryContent(before);
    }

    @Test
    void anInterruptedStudyGoesOnWhereItStopped() throws IOException {
        Path folder = StoredFolder.INTERRUPTED.into(parent);
        says(List.of("status", folder), "interrupted: 2 of 5 trials have ended", "26.00 %");
        says(List.of("best", folder), "3 of 5 trials have not ended; their results may change this choice");
        List<Path> ended = List.of(
                folder.resolve("_journal/2456125929a5c55d.parquet"),
                folder.resolve("_journal/311a31a0a9144d3a.parquet"));
        List<TrialRow> before = rows(folder);
        List<FileTime> written = times(ended);
        CommandLineRun run = run(folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("2 of 5 trials have ended before; 3 to go");
        assertThat(times(ended)).isEqualTo(written);
        assertThat(rows(folder)).hasSize(5).containsAll(before);
        says(List.of("status", folder), "5 of 5 trials have ended");
    }

    @Test
    void aFolderOfANewerVersionIsRefusedInOneLine() throws IOException {
        Path folder = StoredFolder.LABELS.into(parent);
        Files.writeString(folder.resolve("_format"), "1000\n");
        Path study = Files.copy(folder.resolve("study.conf"), parent.resolve("study.conf"));
        List<List<Object>> commands = List.of(
                List.of("status", folder),
                List.of("best", folder),
                List.of("report", folder),
                List.of("show", "51eb", "--in", folder),
                List.of("plan", study, "--output", folder),
                List.of("run", study, "--output", folder));
        for (List<Object> command : commands) {
            CommandLineRun run = CommandLineRun.of(command.toArray());
            assertThat(run.exitCode()).as(command.toString()).isEqualTo(2);
            assertThat(run.err())
                    .as(command.toString())
                    .startsWith(("Cannot read the results in %s: a newer version of Narrows wrote them, in"
                                    + " format 1000, and this one knows formats up to ")
                            .formatted(folder))
                    .hasLineCount(1);
        }
    }

    /** By the study as the folder keeps it. */
    private CommandLineRun run(Path folder) throws IOException {
        Path study = Files.copy(folder.resolve("study.conf"), parent.resolve("study.conf"));
        return CommandLineRun.of("run", study, "--output", folder, "--slots", "1");
    }

    private static List<FileTime> times(List<Path> files) throws IOException {
        List<FileTime> times = new java.util.ArrayList<>();
        for (Path file : files) {
            times.add(Files.getLastModifiedTime(file));
        }
        return times;
    }
}
