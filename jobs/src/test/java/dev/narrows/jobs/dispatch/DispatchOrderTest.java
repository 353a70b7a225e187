package dev.narrows.jobs.dispatch;

import static dev.narrows.jobs.dispatch.Steps.A;
import static dev.narrows.jobs.dispatch.Steps.ABORT;
import static dev.narrows.jobs.dispatch.Steps.ASKED;
import static dev.narrows.jobs.dispatch.Steps.B;
import static dev.narrows.jobs.dispatch.Steps.C;
import static dev.narrows.jobs.dispatch.Steps.D;
import static dev.narrows.jobs.dispatch.Steps.alone;
import static dev.narrows.jobs.dispatch.Steps.died;
import static dev.narrows.jobs.dispatch.Steps.dispatch;
import static dev.narrows.jobs.dispatch.Steps.ended;
import static dev.narrows.jobs.dispatch.Steps.room;
import static dev.narrows.jobs.dispatch.Steps.suspectTogether;
import static dev.narrows.jobs.dispatch.Steps.tell;
import static dev.narrows.jobs.dispatch.Steps.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.jobs.blame.Deaths;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchOrderTest {
    @Test
    void noMoreAreInFlightThanThereIsRoom() {
        Dispatch dispatch = dispatch(A, B, C, D);
        assertThat(dispatch.on(room(2))).containsExactly(together(A), together(B));
        assertThat(dispatch.on(room(2))).isEmpty();
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B));
        assertThat(dispatch.on(room(2))).containsExactly(together(C));
    }

    @Test
    void executorsThatComeAreUsedAndThoseThatGoAreNotWaitedFor() {
        Dispatch dispatch = dispatch(A, B, C, D);
        assertThat(dispatch.on(room(1))).containsExactly(together(A));
        assertThat(dispatch.on(room(3))).containsExactly(together(B), together(C));
        assertThat(dispatch.on(room(1))).isEmpty();
        assertThat(dispatch.on(ended(A))).containsExactly(tell(A));
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B));
        assertThat(dispatch.on(room(1))).isEmpty();
        assertThat(dispatch.on(ended(C))).containsExactly(tell(C));
        assertThat(dispatch.on(room(1))).containsExactly(together(D));
    }

    @Test
    void aRunIsOverWhenEveryTrialHasEnded() {
        Dispatch dispatch = dispatch(A);
        assertThat(dispatch.isOver()).isFalse();
        assertThat(dispatch.isWaiting()).isFalse();
        dispatch.on(room(2));
        assertThat(dispatch.isWaiting()).isTrue();
        dispatch.on(ended(A));
        assertThat(dispatch.isWaiting()).isFalse();
        assertThat(dispatch.isOver()).isTrue();
        assertThat(dispatch().isOver()).isTrue();
    }

    @Test
    void whoIsSentBackGoesBeforeWhoeverHasNotBegun() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(2));
        assertThat(dispatch.on(died(B, ASKED))).isEmpty();
        assertThat(dispatch.on(room(3))).containsExactly(together(B), together(C));
    }

    @Test
    void suspectsOfAnEarlierDriverRunAfterAllOthersAndAlone() {
        Dispatch dispatch = dispatch(Map.of("a", Deaths.NONE_ALONE), A, B, C);
        assertThat(dispatch.on(room(2))).containsExactly(together(B), together(C));
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B));
        assertThat(dispatch.isQuarantine()).isFalse();
        assertThat(dispatch.on(room(2))).isEmpty();
        assertThat(dispatch.on(ended(C))).containsExactly(tell(C));
        assertThat(dispatch.isQuarantine()).isTrue();
        assertThat(dispatch.isOver()).isFalse();
        assertThat(dispatch.on(room(2))).containsExactly(alone(A));
        assertThat(dispatch.on(ended(A))).containsExactly(tell(A));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void trialsThatOpenLaterRunAsTheOthersDo() {
        Dispatch dispatch = dispatch(A);
        assertThat(dispatch.on(room(2))).containsExactly(together(A));
        assertThat(dispatch.on(new Event.TrialsOpened(List.of(B, C)))).isEmpty();
        assertThat(dispatch.on(room(2))).containsExactly(together(B));
        dispatch.on(ended(A));
        dispatch.on(ended(B));
        assertThat(dispatch.isOver()).isFalse();
        assertThat(dispatch.on(room(2))).containsExactly(together(C));
        dispatch.on(ended(C));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void trialsThatOpenWhileASuspectRunsAloneWaitForItsEnd() {
        Dispatch dispatch = dispatch(Map.of("a", Deaths.NONE_ALONE, "b", Deaths.NONE_ALONE), A, B);
        dispatch.on(room(2));
        assertThat(dispatch.on(room(2))).containsExactly(alone(A), alone(B));
        dispatch.on(ended(A));
        dispatch.on(new Event.TrialsOpened(List.of(C)));
        assertThat(dispatch.on(room(2))).isEmpty();
        assertThat(dispatch.isWaiting()).isTrue();
        dispatch.on(ended(B));
        assertThat(dispatch.on(room(2))).containsExactly(together(C));
    }

    @Test
    void aRunOfNothingButSuspectsBeginsAlone() {
        Dispatch dispatch = dispatch(Map.of("a", Deaths.NONE_ALONE, "b", Deaths.NONE_ALONE), A, B);
        assertThat(dispatch.on(room(2))).isEmpty();
        assertThat(dispatch.isQuarantine()).isTrue();
        assertThat(dispatch.isWaiting()).isFalse();
        assertThat(dispatch.on(room(2))).containsExactly(alone(A), alone(B));
    }

    @Test
    void asManySuspectsRunSideBySideAsThereArePlacesToBeAlone() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(3));
        assertThat(dispatch.on(died(A, ABORT))).containsExactly(suspectTogether(A, "signal 6 (SIGABRT) on host"));
        assertThat(dispatch.on(died(B, ABORT))).containsExactly(suspectTogether(B, "signal 6 (SIGABRT) on host"));
        assertThat(dispatch.on(died(C, ABORT))).containsExactly(suspectTogether(C, "signal 6 (SIGABRT) on host"));
        assertThat(dispatch.on(room(2))).containsExactly(alone(A), alone(B));
        assertThat(dispatch.on(room(2))).isEmpty();
        dispatch.on(ended(A));
        assertThat(dispatch.on(room(2))).containsExactly(alone(C));
    }

    @Test
    void wordsOfATrialThatIsNotInFlightChangeNothing() {
        Dispatch dispatch = dispatch(A, B);
        assertThat(dispatch.on(ended(A))).isEmpty();
        dispatch.on(room(1));
        dispatch.on(ended(A));
        assertThat(dispatch.on(ended(A))).isEmpty();
        assertThat(dispatch.on(died(A, ABORT))).isEmpty();
        assertThat(dispatch.on(Steps.failed(A))).isEmpty();
        assertThat(dispatch.on(Steps.hangs(A))).isEmpty();
        assertThat(dispatch.on(room(2))).containsExactly(together(B));
    }

    @Test
    void noPlaceAtAllIsRefused() {
        assertThatThrownBy(() -> room(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run trials in 0 places");
    }
}
