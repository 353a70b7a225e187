package dev.narrows.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.files.Folder;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.Trials;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FanOutTest {
    /** Rows that executors committed; they live in this process, and tasks travel by copies. */
    private static final Map<String, TrialResult> ROWS = new ConcurrentHashMap<>();

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger COMPANY = new AtomicInteger();
    private static final CountDownLatch[] STARTED = new CountDownLatch[1];

    private static final Commit KEEP = (trial, result) -> ROWS.put(trial.id(), result);

    @TempDir
    Path folder;

    private final Map<String, TrialResult> heard = new ConcurrentHashMap<>();

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @BeforeEach
    void empty() {
        ROWS.clear();
        COMPANY.set(0);
    }

    @Test
    void everyTrialLeavesOneRow() throws Exception {
        List<Trial> trials = Trials.trials(50);
        run(trials, (trial, device, watch) -> Trials.completed(trial, 0.5), KEEP);
        assertThat(ROWS).hasSize(50).containsOnlyKeys(ids(trials));
        assertThat(heard).isEqualTo(ROWS);
        assertThat(ROWS.values()).allMatch(row -> row.outcome() == Outcome.COMPLETED);
    }

    @Test
    void whatATrialThrowsIsItsRowAndHurtsNobody() throws Exception {
        run(
                Trials.trials(10),
                (trial, device, watch) -> {
                    switch (trial.id()) {
                        case "t3" -> throw new IllegalStateException("Cannot go on: no reason");
                        case "t4" -> throw new OutOfMemoryError("heap");
                        case "t5" -> throw new StackOverflowError();
                        default -> {
                            return Trials.completed(trial, 0.5);
                        }
                    }
                },
                KEEP);
        assertThat(ROWS).hasSize(10);
        assertThat(ROWS.get("t3").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ROWS.get("t3").message()).isEqualTo("java.lang.IllegalStateException: Cannot go on: no reason");
        assertThat(ROWS.get("t4").outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(ROWS.get("t5").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ROWS.values())
                .filteredOn(row -> row.outcome() == Outcome.COMPLETED)
                .hasSize(7);
    }

    @Test
    void aRowThatCannotBeKeptEndsTheStudy() {
        Commit full = (trial, result) -> {
            throw new IOException("No space left on device");
        };
        assertThatThrownBy(() -> run(Trials.trials(4), (trial, device, watch) -> Trials.completed(trial, 0.5), full))
                .isInstanceOf(FanOutException.class)
                .hasMessageContaining("Cannot run plain t")
                .hasMessageContaining("No space left on device");
        assertThat(heard).isEmpty();
    }

    @Test
    void cancelEndsWhatRunsAndKeepsWhatEnded() throws Exception {
        STARTED[0] = new CountDownLatch(2);
        FanOut fanOut = fanOut(
                (trial, device, watch) -> {
                    if (trial.id().equals("t0")) {
                        return Trials.completed(trial, 0.5);
                    }
                    RUNNING.incrementAndGet();
                    STARTED[0].countDown();
                    while (!watch.cancelled()) {
                        Thread.onSpinWait();
                    }
                    RUNNING.decrementAndGet();
                    return Trials.completed(trial, 0.1);
                },
                KEEP);
        Thread canceller = new Thread(() -> {
            try {
                STARTED[0].await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            fanOut.cancel();
        });
        canceller.start();
        fanOut.run(longestFirst(Trials.trials(20)), (trial, result) -> heard.put(trial.id(), result));
        canceller.join();
        assertThat(fanOut.cancelled()).isTrue();
        assertThat(RUNNING).hasValue(0);
        assertThat(ROWS).containsOnlyKeys("t0");
        assertThat(new StartedMarks(folder.resolve("running").toString()).standing())
                .isEmpty();
    }

    private Suspects suspects() {
        return new Suspects(Folder.at(folder.resolve("suspects").toString(), new Configuration(false)));
    }

    @Test
    void suspectsRunAloneAndAfterAllOthers() throws Exception {
        Suspects suspects = suspects();
        suspects.died("t0", false, "signal 6 on here");
        suspects.died("t1", false, "signal 6 on here");
        List<String> order = new ArrayList<>();
        FanOut fanOut = fanOut(
                (trial, device, watch) -> {
                    int company = RUNNING.incrementAndGet();
                    Thread.sleep(5);
                    if (trial.id().equals("t0") || trial.id().equals("t1")) {
                        COMPANY.addAndGet(company - 1);
                    }
                    RUNNING.decrementAndGet();
                    return Trials.completed(trial, 0.5);
                },
                KEEP);
        fanOut.run(longestFirst(Trials.trials(12)), (trial, result) -> order.add(trial.id()));
        assertThat(order).hasSize(12).endsWith("t0", "t1");
        assertThat(COMPANY).hasValue(0);
        assertThat(suspects().contains("t0")).isFalse();
    }

    @Test
    void twoDeathsAloneAreACrashedRowWithoutAThirdRun() throws Exception {
        Suspects suspects = suspects();
        suspects.died("t0", false, "signal 6 on here");
        suspects.died("t0", true, "signal 6 on here");
        suspects.died("t0", true, "signal 11 on there");
        run(
                Trials.trials(2),
                (trial, device, watch) -> {
                    if (trial.id().equals("t0")) {
                        RUNNING.incrementAndGet();
                    }
                    return Trials.completed(trial, 0.5);
                },
                KEEP);
        assertThat(RUNNING).hasValue(0);
        assertThat(ROWS.get("t0").outcome()).isEqualTo(Outcome.CRASHED);
        assertThat(ROWS.get("t0").message())
                .isEqualTo("its process died 2 times with nothing else running: signal 11 on there");
        assertThat(ROWS.get("t1").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void runningTrialsLeaveAMarkUntilTheyEnd() throws Exception {
        String marks = folder.resolve("running").toString();
        run(
                Trials.trials(3),
                (trial, device, watch) -> {
                    boolean marked = Files.exists(Path.of(marks, trial.id()));
                    return Trials.completed(trial, marked ? 1 : 0);
                },
                KEEP);
        assertThat(ROWS.values()).allMatch(row -> row.epochs().get(0).validationAccuracy() == 1);
        assertThat(new StartedMarks(folder.resolve("running").toString()).standing())
                .isEmpty();
    }

    private void run(List<Trial> trials, TrialTask task, Commit commit) throws InterruptedException {
        fanOut(task, commit).run(longestFirst(trials), (trial, result) -> heard.put(trial.id(), result));
    }

    private FanOut fanOut(TrialTask task, Commit commit) {
        return new FanOut(
                new SparkJobs(
                        LocalSpark.context(),
                        task,
                        commit,
                        Optional.of(new StartedMarks(folder.resolve("running").toString()))),
                commit,
                suspects(),
                () -> 4,
                trial -> Optional.empty());
    }

    /** In the order of their numbers. */
    private static Backlog longestFirst(List<Trial> trials) {
        return new Backlog(trials, trial -> 1000 - Integer.parseInt(trial.id().substring(1)));
    }

    private static String[] ids(List<Trial> trials) {
        return trials.stream().map(Trial::id).toArray(String[]::new);
    }
}
