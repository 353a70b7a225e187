package dev.narrows.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.files.Folder;
import dev.narrows.jobs.Trials;
import dev.narrows.jobs.blame.Death;
import dev.narrows.jobs.blame.Deaths;
import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.dispatch.Event;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop between jobs and the dispatch, by reports that are written down: no Spark runs. */
class FanOutLoopTest {
    private static final Trial A = Trials.trial("a");
    private static final Trial B = Trials.trial("b");
    private static final Death ABORT = new Death(Optional.of(134), "host", "", false);

    @TempDir
    Path folder;

    private final ScriptedJobs jobs = new ScriptedJobs();
    private final Map<String, TrialResult> rows = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    private Suspects suspects() {
        return new Suspects(Folder.at(folder.toString(), new Configuration(false)));
    }

    private FanOut fanOut(Commit commit) {
        return new FanOut(jobs, commit, suspects(), () -> 2, trial -> Optional.ofNullable(rows.get(trial.id())));
    }

    private void run(FanOut fanOut) throws InterruptedException {
        Backlog backlog = new Backlog(List.of(A, B), trial -> trial.equals(A) ? 7 : 5);
        fanOut.run(backlog, (trial, result) -> told.add(trial.id() + " " + result.outcome()));
    }

    private static Event ended(Trial trial) {
        return new Event.TrialEnded(trial, Trials.completed(trial, 0.5));
    }

    private static Event hangs(Trial trial) {
        TrialResult result =
                TrialResult.bare(trial.id(), Outcome.TIMED_OUT, "it hangs", ScriptedJobs.ENVIRONMENT, 0, 1);
        return new Event.TrialHangs(trial, result);
    }

    /** As in a search by latencies that are still measured when its sample has ended. */
    @Test
    void whileMoreMayOpenARunWaitsForIt() throws Exception {
        jobs.then(ended(A)).then().then().then(ended(B));
        fanOut((trial, result) -> {})
                .run(new Backlog(List.of(A), trial -> 1), new Later(), (trial, result) -> told.add(trial.id()));
        assertThat(jobs.done).containsExactly("start", "a together, 1 s", "b together, 1 s", "stop");
        assertThat(told).containsExactly("a", "b");
    }

    /** Opens B when it is asked a second time after A has ended. */
    private final class Later implements Openings {
        private int asked;
        private boolean pending = true;

        @Override
        public List<Trial> open() {
            if (told.isEmpty() || !pending || ++asked < 2) {
                return List.of();
            }
            pending = false;
            return List.of(B);
        }

        @Override
        public boolean isPending() {
            return pending;
        }
    }

    @Test
    void aRunThatIsCancelledWaitsForNothing() throws Exception {
        FanOut fanOut = fanOut((trial, result) -> {});
        jobs.then(ended(A));
        fanOut.run(new Backlog(List.of(A), trial -> 1), new Later(), (trial, result) -> fanOut.cancel());
        assertThat(jobs.done).containsExactly("start", "a together, 1 s", "wake", "stop");
    }

    /** As in a search, whose next batch depends on results. */
    @Test
    void trialsThatOpenOnceOthersHaveEndedRunToo() throws Exception {
        jobs.then(ended(A)).then(ended(B));
        fanOut((trial, result) -> {})
                .run(
                        new Backlog(List.of(A), trial -> 1),
                        () -> told.equals(List.of("a")) && jobs.done.size() == 2 ? List.of(B) : List.of(),
                        (trial, result) -> told.add(trial.id()));
        assertThat(jobs.done).containsExactly("start", "a together, 1 s", "b together, 1 s", "stop");
        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void whoIsToBlameLeavesARowAndNoSuspicion() throws Exception {
        jobs.then(ended(B), new Event.ProcessDied(A, ABORT))
                .then(new Event.ProcessDied(A, ABORT))
                .then(new Event.ProcessDied(A, ABORT));
        run(fanOut((trial, result) -> rows.put(trial.id(), result)));
        assertThat(jobs.done)
                .containsExactly("start", "a together, 7 s", "b together, 5 s", "a alone, 7 s", "a alone, 7 s", "stop");
        assertThat(told).containsExactly("b COMPLETED", "a CRASHED");
        assertThat(rows).containsOnlyKeys("a");
        assertThat(rows.get("a").message())
                .isEqualTo("its process died 2 times with nothing else running: signal 6 (SIGABRT) on host");
        assertThat(rows.get("a").environment().host()).isEqualTo("host");
        assertThat(suspects().all()).isEmpty();
    }

    @Test
    void whomADriverSuspectsTheNextOneDoes() {
        jobs.then(ended(B), new Event.ProcessDied(A, ABORT))
                .then(new Event.ProcessDied(A, ABORT))
                .then(new Event.JobFailed(A, new FanOutException("Cannot go on: Spark has gone", null)));
        assertThatThrownBy(() -> run(fanOut((trial, result) -> {})))
                .isInstanceOf(FanOutException.class)
                .hasMessage("Cannot go on: Spark has gone");
        assertThat(jobs.done).endsWith("stop");
        assertThat(suspects().all()).isEqualTo(Map.of("a", new Deaths(List.of("signal 6 (SIGABRT) on host"))));
    }

    @Test
    void aCrashedRowThatCannotBeKeptEndsTheStudy() {
        Suspects before = suspects();
        before.died("a", true, "signal 6 (SIGABRT) on host");
        before.died("a", true, "signal 6 (SIGABRT) on host");
        jobs.then(ended(B));
        assertThatThrownBy(() -> run(fanOut((trial, result) -> {
                    throw new IOException("disk full");
                })))
                .isInstanceOf(FanOutException.class)
                .hasMessage("Cannot keep the row of plain a: java.io.IOException: disk full");
        assertThat(told).containsExactly("b COMPLETED");
        assertThat(suspects().contains("a")).isTrue();
    }

    @Test
    void anExecutorThatDiedBetweenKeepingARowAndSayingSoLeavesNoSuspect() throws Exception {
        rows.put("a", Trials.completed(A, 0.5));
        jobs.then(new Event.ProcessDied(A, ABORT), ended(B));
        run(fanOut((trial, result) -> {}));
        assertThat(told).containsExactly("a COMPLETED", "b COMPLETED");
        assertThat(suspects().all()).isEmpty();
    }

    @Test
    void anEndThatIsReportedTogetherWithAHangIsTold() {
        jobs.then(hangs(A), ended(B));
        assertThatThrownBy(() -> run(fanOut((trial, result) -> {})))
                .isInstanceOf(HungException.class)
                .hasMessage("1 trial hangs and keeps its slot");
        assertThat(jobs.done).containsExactly("start", "a together, 7 s", "b together, 5 s", "withdraw b", "stop");
        assertThat(told).containsExactly("a TIMED_OUT", "b COMPLETED");
    }

    @Test
    void cancellingWinsOverAHangAndOverAnError() throws Exception {
        FanOut fanOut = fanOut((trial, result) -> {});
        jobs.then(hangs(A), new Event.JobFailed(B, new FanOutException("Cannot run b: cancelled", null)));
        fanOut.run(new Backlog(List.of(A, B), trial -> 1), (trial, result) -> {
            told.add(trial.id() + " " + result.outcome());
            fanOut.cancel();
        });
        assertThat(told).containsExactly("a TIMED_OUT");
        assertThat(fanOut.cancelled()).isTrue();
        assertThat(jobs.done).endsWith("withdraw b", "stop");
    }

    @Test
    void aRunThatIsCancelledBeforeItBeginsRunsNothing() throws Exception {
        FanOut fanOut = fanOut((trial, result) -> {});
        fanOut.cancel();
        run(fanOut);
        assertThat(jobs.done).containsExactly("wake", "start", "stop");
        assertThat(told).isEmpty();
    }
}
