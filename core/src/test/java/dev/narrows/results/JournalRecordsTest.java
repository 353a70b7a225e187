package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.files.OtherFileSystem;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.TrialEvent;
import dev.narrows.trial.TrialEvent.Ended;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import dev.narrows.trial.TrialHistory;
import dev.narrows.trial.TrialOrigin;
import dev.narrows.trial.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of trials that have not ended, and of trials that a run has added. */
class JournalRecordsTest {
    private static final TrialOrigin ADDED = TrialOrigin.added("a seed to settle the front", 1_700_000_000_000L);
    /** The start of {@link Rows#completed}. */
    private static final long BEGAN = Rows.completed("a").result().startedAt();

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

    private static Started started(long at, int afterEpochs) {
        return new Started(at, afterEpochs, Rows.ENVIRONMENT, "channels-last-1");
    }

    private static EpochEnded epoch(int number, long at) {
        Epoch epoch = Rows.epoch(number, 0.5);
        return new EpochEnded(at, epoch);
    }

    private static TrialRecord record(String id, TrialOrigin origin, TrialEvent... events) {
        return new TrialRecord(Rows.completed(id).trial(), origin, TrialHistory.of(events));
    }

    private TrialRecord read(String id) {
        return journal().records().of(id).orElseThrow();
    }

    @Test
    void aRecordComesBackWholeInEachState() {
        List<TrialRecord> records = List.of(
                record("a", TrialOrigin.PLAN, started(5, 0)),
                record("b", TrialOrigin.PLAN, started(5, 0), epoch(1, 6), epoch(2, 7)),
                record("d", ADDED),
                record("e", ADDED, started(5, 0), epoch(1, 6), started(9, 1), epoch(2, 10)));
        records.forEach(journal()::keep);
        TrialRecords read = journal().records();
        assertThat(read.all()).containsExactlyElementsOf(records);
        assertThat(read.all())
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.RUNNING, TrialState.RUNNING, TrialState.WAITING, TrialState.RUNNING);
        assertThat(read.added()).extracting(TrialRecord::trialId).containsExactly("d", "e");
        assertThat(read.state("nobody")).isEqualTo(TrialState.WAITING);
    }

    @Test
    void whatHasNotEndedIsNoRowAndNotEnded() {
        journal().keep(record("a", TrialOrigin.PLAN, started(5, 0), epoch(1, 6)));
        journal().keep(record("b", ADDED));
        journal().commit(Rows.completed("c"));
        assertThat(journal().rows()).containsExactly(Rows.completed("c"));
        assertThat(journal().ended()).containsExactly("c");
        assertThat(journal().row("a")).isEmpty();
        assertThat(journal().records().rows()).containsExactly(Rows.completed("c"));
    }

    @Test
    void aRowEndsTheRecordOfItsAttempt() throws IOException {
        TrialRecord running = record("a", TrialOrigin.PLAN, started(BEGAN, 0), epoch(1, BEGAN + 1));
        journal().keep(running);
        journal().commit(Rows.completed("a"));
        assertThat(read("a")).isEqualTo(TrialRecord.ended(Rows.completed("a")));
        journal().keep(running.then(new Ended(Rows.completed("a").result())));
        assertThat(files()).containsExactly("a.parquet");
        assertThat(read("a").isEnded()).isTrue();
    }

    @Test
    void aLaterAttemptRunsWhileTheRowOfTheEarlierStays() {
        journal().commit(Rows.completed("a"));
        journal().keep(TrialRecord.ended(Rows.completed("a")).then(started(BEGAN + 9, 0)));
        assertThat(read("a").state()).isEqualTo(TrialState.RUNNING);
        assertThat(read("a").row()).contains(Rows.completed("a"));
        assertThat(journal().rows()).containsExactly(Rows.completed("a"));
    }

    @Test
    void whatWasAddedIsToldApartAlsoOnceItHasEnded() {
        journal().keep(TrialRecord.waiting(Rows.completed("a").trial(), ADDED));
        journal().commit(Rows.completed("a"));
        journal().commit(Rows.completed("b"));
        assertThat(read("a").origin()).isEqualTo(ADDED);
        assertThat(read("a").isEnded()).isTrue();
        assertThat(read("b").origin()).isEqualTo(TrialOrigin.PLAN);
        TrialRecords records = journal().records();
        assertThat(records.added()).extracting(TrialRecord::trialId).containsExactly("a");
    }

    @Test
    void theRecordOfARunningTrialKeepsItsOriginAndEndsWithIt() throws IOException {
        journal().keep(record("a", ADDED));
        TrialHistory history = TrialHistory.of(started(BEGAN, 0), epoch(1, BEGAN + 1));
        for (String id : List.of("a", "b")) {
            journal().keepRunning(Rows.completed(id).trial(), history);
            assertThat(read(id).history()).isEqualTo(history);
            journal().commit(Rows.completed(id));
            journal().dropRunning(id);
            assertThat(read(id).history())
                    .isEqualTo(TrialHistory.ended(Rows.completed(id).result()));
        }
        assertThat(read("a").origin()).isEqualTo(ADDED);
        assertThat(read("b").origin()).isEqualTo(TrialOrigin.PLAN);
        assertThat(files()).containsExactly("a.parquet", "b.parquet", "open-a.parquet");
    }

    @Test
    void aTruncatedRecordIsToldAndItsTrialWaits() throws IOException {
        journal().keep(record("a", TrialOrigin.PLAN, started(5, 0)));
        Path file = folder.resolve("_journal/open-a.parquet");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
        List<String> unreadable = new ArrayList<>();
        TrialRecords records = journal().records(unreadable::add);
        assertThat(records.state("a")).isEqualTo(TrialState.WAITING);
        assertThat(unreadable).containsExactly("Cannot read %s: it is cut off, after 1000 bytes".formatted(file));
    }

    @Test
    void compactionKeepsEveryRecordThatIsStillNeeded() throws IOException {
        Journal journal = journal();
        List<TrialRecord> begun = IntStream.range(0, 300)
                .mapToObj(i -> record("p%04d".formatted(i), TrialOrigin.PLAN, started(5, 0), epoch(1, 6)))
                .toList();
        begun.forEach(journal::keep);
        journal.keep(record("running", TrialOrigin.PLAN, started(5, 0)));
        journal.keep(record("over", TrialOrigin.PLAN, started(5, 0)));
        journal.commit(Rows.completed("over"));
        journal.keep(TrialRecord.waiting(Rows.completed("added").trial(), ADDED));
        journal.commit(Rows.completed("added"));
        journal.compact(journal.records().all().stream()
                .map(TrialRecord::trialId)
                .filter(id -> !id.equals("running"))
                .collect(Collectors.toSet()));
        assertThat(files())
                .containsExactly("added.parquet", "open-running.parquet", "opened-000001.parquet", "over.parquet");
        TrialRecords records = journal.records();
        assertThat(records.all()).hasSize(303).containsAll(begun);
        assertThat(records.of("added").orElseThrow().origin()).isEqualTo(ADDED);
        assertThat(records.state("over")).isEqualTo(TrialState.ENDED);
        assertThat(records.state("running")).isEqualTo(TrialState.RUNNING);

        TrialRecord further = begun.get(7).then(started(20, 1)).then(epoch(2, 21));
        journal.keep(further);
        assertThat(read("p0007")).isEqualTo(further);
    }

    @Test
    void recordsMayLieOnAnyFileSystemOfHadoop() throws IOException {
        Journal journal = Journal.open("other://" + folder, OtherFileSystem.settings());
        TrialRecord running = record("a", ADDED, started(5, 0), epoch(1, 6));
        journal.adopt();
        journal.keep(record("a", ADDED));
        journal.keep(running);
        assertThat(journal.records().all()).containsExactly(running);
        assertThat(files()).containsExactly("open-a.parquet");
        assertThat(folder.resolve("_format")).hasContent(Integer.toString(FormatVersion.CURRENT));
    }
}
