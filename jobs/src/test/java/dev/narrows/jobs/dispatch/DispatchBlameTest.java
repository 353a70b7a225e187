package dev.narrows.jobs.dispatch;

import static dev.narrows.jobs.dispatch.Steps.A;
import static dev.narrows.jobs.dispatch.Steps.ABORT;
import static dev.narrows.jobs.dispatch.Steps.ASKED;
import static dev.narrows.jobs.dispatch.Steps.B;
import static dev.narrows.jobs.dispatch.Steps.C;
import static dev.narrows.jobs.dispatch.Steps.HANG;
import static dev.narrows.jobs.dispatch.Steps.KILL;
import static dev.narrows.jobs.dispatch.Steps.WORKER_LOST;
import static dev.narrows.jobs.dispatch.Steps.alone;
import static dev.narrows.jobs.dispatch.Steps.died;
import static dev.narrows.jobs.dispatch.Steps.diedAfterwards;
import static dev.narrows.jobs.dispatch.Steps.dispatch;
import static dev.narrows.jobs.dispatch.Steps.ended;
import static dev.narrows.jobs.dispatch.Steps.exit;
import static dev.narrows.jobs.dispatch.Steps.room;
import static dev.narrows.jobs.dispatch.Steps.suspectAlone;
import static dev.narrows.jobs.dispatch.Steps.suspectTogether;
import static dev.narrows.jobs.dispatch.Steps.tell;
import static dev.narrows.jobs.dispatch.Steps.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.blame.Death;
import dev.narrows.jobs.blame.Deaths;
import dev.narrows.jobs.blame.Verdict;
import dev.narrows.trial.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchBlameTest {
    private static final String ABORTED = "signal 6 (SIGABRT) on host";

    private static Decision crash(Trial trial, String message) {
        return new Decision.Crash(trial, new Verdict(message, "host"));
    }

    @Test
    void whoeverSharedAProcessThatDiedIsASuspectAndRunsAloneAfterAllOthers() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(2));
        assertThat(dispatch.on(died(A, ABORT))).containsExactly(suspectTogether(A, ABORTED));
        assertThat(dispatch.on(died(B, ABORT))).containsExactly(suspectTogether(B, ABORTED));
        assertThat(dispatch.on(room(2))).containsExactly(together(C));
        assertThat(dispatch.on(ended(C))).containsExactly(tell(C));
        assertThat(dispatch.on(room(1))).containsExactly(alone(A));
        assertThat(dispatch.on(ended(A))).containsExactly(tell(A));
        assertThat(dispatch.on(room(1))).containsExactly(alone(B));
    }

    @Test
    void twoDeathsAloneAreACrashedRowWithoutAThirdRun() {
        Dispatch dispatch = dispatch(A);
        dispatch.on(room(2));
        dispatch.on(died(A, ABORT));
        assertThat(dispatch.on(room(1))).containsExactly(alone(A));
        assertThat(dispatch.on(died(A, ABORT))).containsExactly(suspectAlone(A, ABORTED));
        assertThat(dispatch.on(room(1))).containsExactly(alone(A));
        assertThat(dispatch.on(died(A, exit(139)))).containsExactly(suspectAlone(A, "signal 11 (SIGSEGV) on host"));
        assertThat(dispatch.on(room(1)))
                .containsExactly(
                        crash(A, "its process died 2 times with nothing else running: signal 11 (SIGSEGV) on host"));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void deathsAloneThatEarlierDriversSawCount() {
        Dispatch dispatch = dispatch(Map.of("a", new Deaths(List.of(ABORTED))), A);
        dispatch.on(room(2));
        assertThat(dispatch.on(room(1))).containsExactly(alone(A));
        dispatch.on(died(A, ABORT));
        assertThat(dispatch.on(room(1)))
                .containsExactly(crash(A, "its process died 2 times with nothing else running: " + ABORTED));
    }

    @Test
    void whoIsToBlameAlreadyDoesNotRun() {
        Dispatch dispatch = dispatch(Map.of("a", new Deaths(List.of(ABORTED, ABORTED))), A, B);
        assertThat(dispatch.on(room(2))).containsExactly(together(B));
        dispatch.on(ended(B));
        assertThat(dispatch.on(room(1)))
                .containsExactly(crash(A, "its process died 2 times with nothing else running: " + ABORTED));
    }

    @Test
    void aCulpritTakesNoPlaceOfTheNextSuspect() {
        Deaths guilty = new Deaths(List.of(ABORTED, ABORTED));
        Dispatch dispatch = dispatch(Map.of("a", guilty, "b", Deaths.NONE_ALONE), A, B);
        dispatch.on(room(2));
        assertThat(dispatch.on(room(1)))
                .containsExactly(crash(A, "its process died 2 times with nothing else running: " + ABORTED), alone(B));
    }

    @Test
    void deathsInCompanyNeverMakeAVerdict() {
        Dispatch dispatch =
                dispatch(Map.of("a", Deaths.NONE_ALONE.plus(false, ABORTED).plus(false, ABORTED)), A);
        dispatch.on(room(2));
        assertThat(dispatch.on(room(1))).containsExactly(alone(A));
    }

    @Test
    void signalNineTakesFourDeathsAlone() {
        Dispatch dispatch = dispatch(Map.of("a", Deaths.NONE_ALONE), A);
        dispatch.on(room(2));
        for (int death = 1; death <= 4; death++) {
            assertThat(dispatch.on(room(1))).containsExactly(alone(A));
            assertThat(dispatch.on(died(A, KILL))).containsExactly(suspectAlone(A, "signal 9 (SIGKILL) on host"));
        }
        assertThat(dispatch.on(room(1)))
                .containsExactly(
                        crash(A, "its process died 4 times with nothing else running: signal 9 (SIGKILL) on host"));
    }

    @Test
    void aTrialThatLeavesItsProcessByAnExitCodeIsBlamedByIt() {
        Dispatch dispatch = dispatch(Map.of("a", new Deaths(List.of("exit code 3 on host"))), A);
        dispatch.on(room(2));
        dispatch.on(room(1));
        assertThat(dispatch.on(died(A, exit(3)))).containsExactly(suspectAlone(A, "exit code 3 on host"));
        assertThat(dispatch.on(room(1)))
                .containsExactly(crash(A, "its process died 2 times with nothing else running: exit code 3 on host"));
    }

    @Test
    void whatIsNobodysFaultMakesNoSuspect() {
        for (Death death : List.of(ASKED, WORKER_LOST)) {
            Dispatch dispatch = dispatch(A, B);
            dispatch.on(room(2));
            assertThat(dispatch.on(died(A, death))).isEmpty();
            assertThat(dispatch.on(room(2))).containsExactly(together(A));
            assertThat(dispatch.isQuarantine()).isFalse();
        }
    }

    @Test
    void whatIsNobodysFaultDoesNotCountAgainstASuspectAlone() {
        Dispatch dispatch = dispatch(Map.of("a", new Deaths(List.of(ABORTED))), A);
        dispatch.on(room(2));
        for (int i = 0; i < 5; i++) {
            assertThat(dispatch.on(room(1))).containsExactly(alone(A));
            assertThat(dispatch.on(died(A, i % 2 == 0 ? ASKED : WORKER_LOST))).isEmpty();
        }
        assertThat(dispatch.on(room(1))).containsExactly(alone(A));
    }

    @Test
    void aHangOnAnExecutorIsToldAndTheOthersThereHaveDoneNothing() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(3));
        // The alarm of its executor kept the row of the one that hangs.
        assertThat(dispatch.on(diedAfterwards(A))).containsExactly(tell(A));
        assertThat(dispatch.on(died(B, HANG))).isEmpty();
        assertThat(dispatch.on(room(3))).containsExactly(together(B));
        dispatch.on(ended(B));
        dispatch.on(ended(C));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void aHangAloneWhoseRowWasLostCounts() {
        Dispatch dispatch = dispatch(Map.of("a", Deaths.NONE_ALONE), A);
        dispatch.on(room(2));
        dispatch.on(room(1));
        assertThat(dispatch.on(died(A, HANG))).containsExactly(suspectAlone(A, "exit code 75 on host"));
    }

    @Test
    void aRowThatWasKeptCountsAlthoughItsExecutorDied() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(2));
        assertThat(dispatch.on(diedAfterwards(A))).containsExactly(tell(A));
        assertThat(dispatch.on(died(B, ABORT))).containsExactly(suspectTogether(B, ABORTED));
        assertThat(dispatch.on(room(1))).containsExactly(alone(B));
        assertThat(dispatch.on(diedAfterwards(B))).containsExactly(tell(B));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void aJobThatComesToNothingEndsTheStudy() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(1));
        Event.JobFailed failed = new Event.JobFailed(A, new IllegalStateException("no images on host-7"));
        assertThat(dispatch.on(failed)).containsExactly(new Decision.Stop(failed.error()));
        assertThat(dispatch.isOver()).isTrue();
        assertThat(dispatch.on(room(2))).isEmpty();
    }
}
