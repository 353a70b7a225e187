package dev.narrows.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.engine.Watch;
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
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trial that hangs inside this very process, in one of two slots, and another that runs beside it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FanOutHangTest {
    private static final Map<String, TrialResult> ROWS = new ConcurrentHashMap<>();
    private static final Map<String, TrialResult> TOLD = new ConcurrentHashMap<>();

    /** Tasks travel by copies, and find these where they run, which is here. */
    private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

    private static final Commit KEEP = (trial, result) -> ROWS.put(trial.id(), result);

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        ROWS.clear();
        TOLD.clear();
        LATCHES.put("begun", new CountDownLatch(1));
        LATCHES.put("over", new CountDownLatch(1));
    }

    @AfterEach
    void letGo() {
        LATCHES.get("over").countDown();
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    /**
     * Once another trial has begun, {@code t0} hangs until the test is over. All others run until the hang was told of.
     *
     * @param endless true where they continue then, until they are cancelled
     */
    private record Hanging(boolean endless) implements TrialTask {
        @Override
        public TrialResult run(Trial trial, String device, Watch watch) throws InterruptedException {
            if (trial.id().equals("t0")) {
                while (!LATCHES.get("begun").await(10, TimeUnit.MILLISECONDS)) {
                    watch.cancelled();
                }
                LATCHES.get("over").await();
                return Trials.completed(trial, 0.5);
            }
            LATCHES.get("begun").countDown();
            while (!watch.cancelled() && (endless || !TOLD.containsKey("t0"))) {
                Thread.sleep(10);
            }
            // Its slot may not come free before those that wait for one are withdrawn.
            Thread.sleep(1000);
            return Trials.completed(trial, 0.5);
        }

        @Override
        public double silenceSeconds() {
            return 1;
        }
    }

    private FanOut fanOut(boolean endless) {
        return fanOut(endless, KEEP);
    }

    private FanOut fanOut(boolean endless, Commit commit) {
        return new FanOut(
                new SparkJobs(LocalSpark.context(), new Hanging(endless), commit, Optional.of(marks())),
                commit,
                new Suspects(Folder.at(folder.resolve("suspects").toString(), new Configuration(false))),
                () -> 4,
                trial -> Optional.empty());
    }

    private StartedMarks marks() {
        return new StartedMarks(folder.resolve("running").toString());
    }

    private static Backlog backlog() {
        return new Backlog(
                Trials.trials(6),
                trial -> 0.1 / (1 + Integer.parseInt(trial.id().substring(1))));
    }

    @Test
    void whatRunsBesideAHangEndsBeforeTheProcessDoesAndNothingElseBegins() {
        FanOut fanOut = fanOut(false);
        assertThatThrownBy(() -> fanOut.run(backlog(), (trial, result) -> TOLD.put(trial.id(), result)))
                .isInstanceOf(HungException.class)
                .hasMessage("1 trial hangs and keeps its slot");
        assertThat(TOLD).containsOnlyKeys("t0", "t1").isEqualTo(ROWS);
        assertThat(TOLD.get("t0").outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(TOLD.get("t0").message()).startsWith("Cannot go on training: no batch for ");
        assertThat(TOLD.get("t1").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(marks().standing()).isEmpty();
        assertThat(fanOut.running()).isZero();
    }

    @Test
    void cancellingWhileAHangIsGivenUpCancelsTheRun() throws Exception {
        FanOut fanOut = fanOut(true);
        fanOut.run(backlog(), (trial, result) -> {
            TOLD.put(trial.id(), result);
            fanOut.cancel();
        });
        assertThat(fanOut.cancelled()).isTrue();
        assertThat(TOLD).containsOnlyKeys("t0").isEqualTo(ROWS);
        assertThat(TOLD.get("t0").outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(fanOut.running()).isZero();
    }

    @Test
    void aTrialThatComesBackWhileItsAlarmKeepsItsRowHasHungAllTheSame() {
        Commit slow = (trial, result) -> {
            if (result.outcome() == Outcome.TIMED_OUT) {
                LATCHES.get("over").countDown();
                pause();
            }
            ROWS.put(trial.id(), result);
        };
        assertThatThrownBy(() -> fanOut(false, slow).run(backlog(), (trial, result) -> TOLD.put(trial.id(), result)))
                .isInstanceOf(HungException.class);
        // Its slot came free, so that others may have begun and left rows before they could be withdrawn.
        assertThat(TOLD).containsKeys("t0", "t1");
        assertThat(ROWS).containsAllEntriesOf(TOLD);
        assertThat(TOLD.get("t0").outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    /** Long enough for the word of an ended job to reach the driver. */
    private static void pause() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
