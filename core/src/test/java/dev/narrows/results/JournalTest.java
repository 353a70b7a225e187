package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.files.FaultyFileSystem;
import dev.narrows.files.OtherFileSystem;
import dev.narrows.study.BadInput;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuConditions;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path folder;

    private Journal journal() {
        return Journal.open(folder.toString(), new Configuration(false));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("_journal"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsCommittedComesBackWhole() {
        Journal journal = journal();
        assertThat(journal.ended()).isEmpty();
        assertThat(journal.rows()).isEmpty();
        journal.commit(Rows.failed("b"));
        journal.commit(Rows.completed("a"));
        assertThat(journal().ended()).containsExactly("a", "b");
        assertThat(journal().rows()).containsExactly(Rows.completed("a"), Rows.failed("b"));
    }

    @Test
    void aSecondAttemptReplacesTheFirstAndLeavesNothingBeside() throws IOException {
        Journal journal = journal();
        journal.commit(Rows.failed("a"));
        journal.commit(Rows.completed("a"));
        assertThat(journal.rows()).containsExactly(Rows.completed("a"));
        assertThat(files()).containsExactly("a.parquet");
    }

    @Test
    void aTruncatedFileCountsAsNotThereAndIsTold() throws IOException {
        Journal journal = journal();
        journal.commit(Rows.completed("a"));
        journal.commit(Rows.completed("b"));
        Path file = folder.resolve("_journal/b.parquet");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            String told = "Cannot read %s: it is cut off, after %d bytes".formatted(file, length);
            List<String> unreadable = new ArrayList<>();
            assertThat(journal.ended(unreadable::add)).containsExactly("a");
            assertThat(unreadable).containsExactly(told);
            unreadable.clear();
            assertThat(journal.rows(unreadable::add)).containsExactly(Rows.completed("a"));
            assertThat(unreadable).containsExactly(told);
        }
    }

    /** Two readings fail at each try: that of the file, and that of its end, which tells damage from trouble. */
    @Test
    void aStorageThatDoesNotAnswerForAMomentCostsNoRow() {
        Journal journal = Journal.open("faulty://" + folder, FaultyFileSystem.settings());
        journal.commit(Rows.completed("a"));
        List<String> unreadable = new ArrayList<>();
        FaultyFileSystem.failures(4);
        assertThat(journal.rows(unreadable::add)).containsExactly(Rows.completed("a"));
        assertThat(unreadable).isEmpty();
        FaultyFileSystem.failures(Integer.MAX_VALUE);
        try {
            assertThat(journal.rows(unreadable::add)).isEmpty();
        } finally {
            FaultyFileSystem.failures(0);
        }
        assertThat(unreadable).hasSize(1);
        assertThat(unreadable.get(0)).endsWith("a.parquet: the storage does not answer");
    }

    @Test
    void aTruncatedLatencyCountsAsNotMeasuredAndIsTold() throws IOException {
        Journal journal = journal();
        journal.commitLatency(Rows.latency("v1", 1, 100));
        journal.commitLatency(Rows.latency("v2", 1, 100));
        Path file = folder.resolve("_journal").resolve(files().get(0));
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));
        List<String> unreadable = new ArrayList<>();
        assertThat(journal.latency(unreadable::add)).hasSize(1);
        assertThat(unreadable).containsExactly("Cannot read %s: it is cut off, after 100 bytes".formatted(file));
    }

    @Test
    void aFileThatIsBeingWrittenIsNotSeen() throws IOException {
        Journal journal = journal();
        journal.commit(Rows.completed("a"));
        Files.copy(folder.resolve("_journal/a.parquet"), folder.resolve("_journal/.b.parquet.x"));
        assertThat(journal.ended()).containsExactly("a");
        assertThat(journal.rows()).hasSize(1);
    }

    @Test
    void latencyIsKeptByVariantBatchSizeAndPlace() {
        Journal journal = journal();
        journal.commitLatency(Rows.latency("v2", 1, 100));
        journal.commitLatency(Rows.latency("v1", 32, 900));
        journal.commitLatency(Rows.latency("v1", 1, 100));
        journal.commitLatency(Rows.latency("v1", 1, 90));
        assertThat(journal.latency())
                .containsExactly(Rows.latency("v1", 1, 90), Rows.latency("v1", 32, 900), Rows.latency("v2", 1, 100));
        assertThat(journal.rows()).isEmpty();
        assertThat(journal.ended()).isEmpty();
    }

    @Test
    void latencyOfAnotherHostTakesThePlaceOfTheFirst() {
        Journal journal = journal();
        LatencyRow here = Rows.latency("v1", 1, 100);
        LatencyRow there = at(here, "host-2", "cpu", LatencyRuntime.TORCH, 6);
        LatencyRow onnx = at(here, "host-1", "cpu", LatencyRuntime.ONNX, 5);
        LatencyRow gpu = at(here, "host-1", "gpu:1", LatencyRuntime.TORCH, 5);
        journal.commitLatency(here);
        journal.commitLatency(there);
        journal.commitLatency(onnx);
        journal.commitLatency(gpu);
        assertThat(journal.latency()).containsExactlyInAnyOrder(there, onnx, gpu);
    }

    private static LatencyRow at(LatencyRow row, String host, String device, LatencyRuntime runtime, long startedAt) {
        Environment environment = row.environment();
        return new LatencyRow(
                row.variantId(),
                row.variant(),
                runtime,
                row.batchSize(),
                row.samples(),
                row.p10Micros(),
                row.p50Micros(),
                row.p90Micros(),
                row.p99Micros(),
                row.iqrMicros(),
                row.unstable(),
                row.imagesPerSecond(),
                row.referenceMicros(),
                row.relative(),
                new Environment(
                        host,
                        environment.processor(),
                        device,
                        environment.precision(),
                        environment.threads(),
                        environment.versions()),
                startedAt);
    }

    @Test
    void theGpuOfATrialIsKeptAsFarAsItIsKnown() {
        Journal journal = journal();
        Map<String, GpuEnvironment> gpus = Map.of(
                "a", new GpuEnvironment("NVIDIA H100 80GB HBM3", "9.0", "570.86.10", "12.6", "9.5.1"),
                "b", new GpuEnvironment("Tesla T4", "7.5", "", "12.6", ""));
        List<TrialRow> rows = gpus.keySet().stream()
                .map(id -> new TrialRow(
                        Rows.completed(id).trial(),
                        TrialResult.bare(id, Outcome.FAILED, "for once", onGpu(gpus.get(id)), 0, 0.5)))
                .toList();
        rows.forEach(journal::commit);
        assertThat(journal.rows()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aLatencyIsKeptWithTheConditionsOfItsGpu() {
        GpuEnvironment gpu = new GpuEnvironment("NVIDIA H100 80GB HBM3", "9.0", "570.86.10", "12.6", "9.5.1");
        Journal journal = journal();
        List<@Nullable GpuConditions> conditions = new ArrayList<>();
        conditions.add(null);
        conditions.add(new GpuConditions(1980, ""));
        conditions.add(new GpuConditions(null, "shared with 1 other process"));
        List<LatencyRow> rows = new ArrayList<>();
        for (GpuConditions each : conditions) {
            LatencyRow row = on(Rows.latency("v" + rows.size(), 1, 100), onGpu(gpu), each);
            rows.add(row);
            journal.commitLatency(row);
        }
        assertThat(journal.latency()).containsExactlyElementsOf(rows);
    }

    private static Environment onGpu(GpuEnvironment gpu) {
        return new Environment("host-1", "Some Processor", "gpu:0", "bf16", 1, "narrows=0.1.0", gpu);
    }

    private static LatencyRow on(LatencyRow row, Environment environment, @Nullable GpuConditions conditions) {
        return new LatencyRow(
                row.variantId(),
                row.variant(),
                row.runtime(),
                row.batchSize(),
                row.samples(),
                row.p10Micros(),
                row.p50Micros(),
                row.p90Micros(),
                row.p99Micros(),
                row.iqrMicros(),
                row.unstable(),
                row.imagesPerSecond(),
                row.referenceMicros(),
                row.relative(),
                environment,
                conditions,
                row.startedAt());
    }

    @Test
    void latencyFromBeforeThereWereRuntimesIsTheEngines() {
        List<String> later = List.of("runtime", "images_per_second", "latency_p10_us", "latency_relative");
        Table<LatencyRow> old = new Table<>(
                "latency",
                "As it was.",
                LatencyColumns.TABLE.columns().stream()
                        .filter(column -> !later.contains(column.name()))
                        .toList());
        LatencyRow row = Rows.latency("v1", 32, 80);
        RowFiles.at(folder + "/_journal", new Configuration(false))
                .write(
                        "latency-v1-32-00000000.parquet",
                        old.type(),
                        Map.of(),
                        CompressionCodecName.UNCOMPRESSED,
                        List.of(old.group(old.type(), row)));
        assertThat(journal().latency()).singleElement().satisfies(read -> {
            assertThat(read.runtime()).isEqualTo(LatencyRuntime.TORCH);
            assertThat(read.imagesPerSecond()).isEqualTo(400_000);
            assertThat(read.p50Micros()).isEqualTo(row.p50Micros());
            assertThat(read.p10Micros()).isNull();
            assertThat(read.relative()).isNull();
        });
    }

    @Test
    void compactionKeepsEveryRowAndLaterAttemptsWin() throws IOException {
        Journal journal = journal();
        List<TrialRow> rows = IntStream.range(0, 300)
                .mapToObj(i -> Rows.failed("%04d".formatted(i)))
                .toList();
        rows.forEach(journal::commit);
        journal.commitLatency(Rows.latency("v1", 1, 100));
        journal.compact();
        assertThat(files()).hasSize(2).contains("compacted-000001.parquet");
        assertThat(journal.rows()).isEqualTo(rows);
        assertThat(journal.ended()).hasSize(300);
        journal.commit(Rows.completed("0007"));
        assertThat(journal.rows()).hasSize(300).contains(Rows.completed("0007"));
        IntStream.range(300, 600).forEach(i -> journal.commit(Rows.failed("%04d".formatted(i))));
        journal.compact();
        assertThat(files()).hasSize(2).contains("compacted-000002.parquet");
        assertThat(journal.rows()).hasSize(600).contains(Rows.completed("0007"));
        assertThat(journal.latency()).hasSize(1);
    }

    @Test
    void compactionWhileTrialsRunLeavesTheirFilesAlone() throws IOException {
        Journal journal = journal();
        List<TrialRow> ended = failed(0, 300);
        ended.forEach(journal::commit);
        journal.commit(Rows.failed("9997"));
        journal.compact();
        List<TrialRow> later = failed(300, 600);
        later.forEach(journal::commit);
        journal.commit(Rows.completed("9998"));
        journal.commit(Rows.completed("9999"));
        journal.compact(ids(later));
        assertThat(files()).containsExactly("9998.parquet", "9999.parquet", "compacted-000002.parquet");
        assertThat(journal.rows())
                .hasSize(603)
                .containsAll(ended)
                .containsAll(later)
                .contains(Rows.failed("9997"), Rows.completed("9998"), Rows.completed("9999"));
    }

    @Test
    void aFileOfManyTrialsThatCannotBeReadStopsEverythingAndNothingIsDeleted() throws IOException {
        Journal journal = journal();
        List<TrialRow> rows = failed(0, 600);
        rows.subList(0, 300).forEach(journal::commit);
        journal.compact();
        rows.subList(300, 600).forEach(journal::commit);
        Path compacted = folder.resolve("_journal/compacted-000001.parquet");
        byte[] whole = Files.readAllBytes(compacted);
        Files.write(compacted, java.util.Arrays.copyOf(whole, whole.length / 2));
        String message = ("Cannot read %s: it is cut off, after %d bytes; it holds the rows of many trials: run again"
                        + " where its disk or store was only away, or bring it back from a copy, or delete it to have"
                        + " them run again")
                .formatted(compacted, whole.length / 2);
        List<String> before = files();
        assertThatThrownBy(journal::compact).isInstanceOf(BadInput.class).hasMessage(message);
        assertThatThrownBy(() -> journal.compact(ids(rows)))
                .isInstanceOf(BadInput.class)
                .hasMessage(message);
        assertThatThrownBy(journal::rows).isInstanceOf(BadInput.class).hasMessage(message);
        assertThatThrownBy(journal::ended).isInstanceOf(BadInput.class).hasMessage(message);
        assertThat(files()).isEqualTo(before);

        Files.write(compacted, whole);
        journal.compact();
        assertThat(files()).containsExactly("compacted-000002.parquet");
        assertThat(journal.rows()).isEqualTo(rows);
    }

    /** Bytes that are wrong in the middle, with a whole end. */
    @Test
    void aFileOfManyTrialsThatIsDamagedInsideIsRefusedToo() throws IOException {
        Journal journal = journal();
        failed(0, 300).forEach(journal::commit);
        journal.compact();
        Path compacted = folder.resolve("_journal/compacted-000001.parquet");
        byte[] bytes = Files.readAllBytes(compacted);
        java.util.Arrays.fill(bytes, 100, 2000, (byte) 7);
        Files.write(compacted, bytes);
        failed(300, 600).forEach(journal::commit);
        assertThatThrownBy(journal::compact)
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("Cannot read " + compacted + ": ")
                .hasMessageContaining("or bring it back from a copy, or delete it");
        assertThat(files()).hasSize(301);
    }

    @Test
    void aTruncatedFileStaysWhereItIsWhenOthersAreCompacted() throws IOException {
        Journal journal = journal();
        failed(0, 301).forEach(journal::commit);
        Path file = folder.resolve("_journal/0007.parquet");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 1000));
        journal.compact(ids(failed(0, 301)));
        assertThat(files()).containsExactly("0007.parquet", "compacted-000001.parquet");
        assertThat(file).hasSize(1000);
        assertThat(journal.rows()).hasSize(300);
    }

    private static List<TrialRow> failed(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Rows.failed("%04d".formatted(i)))
                .toList();
    }

    private static Set<String> ids(List<TrialRow> rows) {
        return rows.stream().map(TrialRow::trialId).collect(Collectors.toSet());
    }

    /** As {@code status} does while a driver compacts. */
    @Test
    void whoeverReadsWhileADriverCompactsMissesNothing() throws Exception {
        Journal journal = journal();
        List<TrialRow> rows = IntStream.range(0, 300)
                .mapToObj(i -> Rows.failed("%04d".formatted(i)))
                .toList();
        rows.forEach(journal::commit);
        Thread driver = new Thread(() -> journal.compact(ids(rows)));
        driver.start();
        while (driver.isAlive()) {
            List<String> unreadable = new ArrayList<>();
            assertThat(journal().rows(unreadable::add)).hasSize(300);
            assertThat(unreadable).isEmpty();
        }
        driver.join();
    }

    @Test
    void anIdMustBeFitForAFileName() {
        assertThatThrownBy(() -> journal().commit(Rows.completed("../a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot keep trial '../a': an id has letters and digits only");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() ->
                        Journal.open(file.toString(), new Configuration(false)).commit(Rows.completed("a")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write " + file + "/_journal/a.parquet: ");
    }

    @Test
    void aJournalMayLieOnAnyFileSystemOfHadoop() throws IOException {
        Configuration configuration = OtherFileSystem.settings();
        Journal journal = Journal.open("other://" + folder, configuration);
        assertThat(journal.ended()).isEmpty();
        journal.commit(Rows.failed("a"));
        journal.commit(Rows.completed("a"));
        journal.commit(Rows.failed("b"));
        journal.commitLatency(Rows.latency("v1", 1, 90));
        assertThat(journal.ended()).containsExactly("a", "b");
        assertThat(journal.rows()).containsExactly(Rows.completed("a"), Rows.failed("b"));
        assertThat(journal.latency()).hasSize(1);
        assertThat(files()).hasSize(3);
        Tables.write("other://" + folder, configuration, journal.rows(), Map.of(), List.of(), List.of(), List.of());
        assertThat(folder.resolve("trials.parquet")).exists();
    }

    @Test
    void aJournalOfANewerVersionIsRefusedByWhoeverReadsOrTakesIt() throws IOException {
        Journal journal = journal();
        journal.commit(Rows.completed("a"));
        journal.adopt();
        assertThat(journal().rows()).hasSize(1);
        Path format = folder.resolve("_format");
        Files.writeString(format, (FormatVersion.CURRENT + 1) + "\n");
        String message = ("Cannot read the results in %s: a newer version of Narrows wrote them, in format %d, and"
                        + " this one knows formats up to %d; use that version")
                .formatted(folder, FormatVersion.CURRENT + 1, FormatVersion.CURRENT);
        for (ThrowingCallable use :
                List.<ThrowingCallable>of(journal::rows, journal::ended, journal::latency, journal::adopt)) {
            assertThatThrownBy(use).isInstanceOf(BadInput.class).hasMessage(message);
        }
        assertThat(format).hasContent(Integer.toString(FormatVersion.CURRENT + 1));
        Files.writeString(format, "two");
        assertThatThrownBy(journal::rows)
                .isInstanceOf(BadInput.class)
                .hasMessage("Cannot read %s: it holds 'two' and no version of a format", format);
    }
}
