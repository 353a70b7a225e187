package dev.narrows.jobs.dispatch;

import static dev.narrows.jobs.dispatch.Steps.A;
import static dev.narrows.jobs.dispatch.Steps.ABORT;
import static dev.narrows.jobs.dispatch.Steps.B;
import static dev.narrows.jobs.dispatch.Steps.C;
import static dev.narrows.jobs.dispatch.Steps.D;
import static dev.narrows.jobs.dispatch.Steps.cancelled;
import static dev.narrows.jobs.dispatch.Steps.died;
import static dev.narrows.jobs.dispatch.Steps.dispatch;
import static dev.narrows.jobs.dispatch.Steps.ended;
import static dev.narrows.jobs.dispatch.Steps.failed;
import static dev.narrows.jobs.dispatch.Steps.hangs;
import static dev.narrows.jobs.dispatch.Steps.room;
import static dev.narrows.jobs.dispatch.Steps.tell;
import static dev.narrows.jobs.dispatch.Steps.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.blame.Deaths;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hangs inside the driver's own process, and cancelling, which wins over everything. */
class DispatchHangTest {
    private static Decision elsewhere(int hanging) {
        return new Decision.GoOnElsewhere(hanging);
    }

    @Test
    void whatRunsBesideAHangEndsFirstAndNothingNewBegins() {
        Dispatch dispatch = dispatch(A, B, C, D);
        dispatch.on(room(3));
        assertThat(dispatch.on(hangs(A))).containsExactly(tell(A), withdraw(B), withdraw(C));
        assertThat(dispatch.on(room(3))).isEmpty();
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B));
        assertThat(dispatch.isOver()).isFalse();
        // Its job was cancelled, for it had not begun.
        assertThat(dispatch.on(failed(C))).containsExactly(elsewhere(1));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void aHangWithNothingBesideItEndsTheProcessAtOnce() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(1));
        assertThat(dispatch.on(hangs(A))).containsExactly(tell(A), elsewhere(1));
        assertThat(dispatch.on(room(1))).isEmpty();
    }

    @Test
    void severalHangsAreCountedAndNobodyIsWithdrawnTwice() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(3));
        assertThat(dispatch.on(hangs(A))).containsExactly(tell(A), withdraw(B), withdraw(C));
        assertThat(dispatch.on(hangs(B))).containsExactly(tell(B));
        assertThat(dispatch.on(ended(C))).containsExactly(tell(C), elsewhere(2));
    }

    @Test
    void anEndThatIsHeardOfJustAfterAHangIsTold() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(2));
        // It had ended when the hang was found, so that nothing ran that could be waited for.
        assertThat(dispatch.on(hangs(A))).containsExactly(tell(A), withdraw(B));
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B), elsewhere(1));
    }

    @Test
    void anEndThatIsHeardOfAfterItsJobWasWithdrawnIsTold() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(3));
        dispatch.on(hangs(A));
        dispatch.on(failed(C));
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B), elsewhere(1));
    }

    @Test
    void aTrialThatComesBackAfterItWasGivenUpIsNotHeardAgain() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(2));
        dispatch.on(hangs(A));
        assertThat(dispatch.on(failed(A))).isEmpty();
        assertThat(dispatch.on(ended(A))).isEmpty();
        assertThat(dispatch.on(ended(B))).containsExactly(tell(B), elsewhere(1));
    }

    @Test
    void aSuspectThatHangsAloneLeavesTheOthersToTheNextProcess() {
        Dispatch dispatch = dispatch(Map.of("a", Deaths.NONE_ALONE, "b", Deaths.NONE_ALONE), A, B);
        dispatch.on(room(2));
        dispatch.on(room(1));
        assertThat(dispatch.on(hangs(A))).containsExactly(tell(A), elsewhere(1));
        assertThat(dispatch.on(room(1))).isEmpty();
    }

    @Test
    void cancellingWhileAHangIsGivenUpIsACancelledRunAndNoOther() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(2));
        dispatch.on(hangs(A));
        assertThat(dispatch.on(cancelled())).isEmpty();
        assertThat(dispatch.isOver()).isTrue();
        assertThat(dispatch.on(failed(B))).isEmpty();
    }

    @Test
    void aHangThatIsFoundAfterCancellingIsToldAndNoMore() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(2));
        dispatch.on(cancelled());
        assertThat(dispatch.on(hangs(A))).containsExactly(tell(A));
        assertThat(dispatch.on(hangs(B))).containsExactly(tell(B));
    }

    @Test
    void afterCancellingNothingIsSubmittedBlamedOrAnError() {
        Dispatch dispatch = dispatch(A, B, C);
        dispatch.on(room(2));
        assertThat(dispatch.on(cancelled())).isEmpty();
        assertThat(dispatch.isOver()).isTrue();
        assertThat(dispatch.isWaiting()).isFalse();
        assertThat(dispatch.on(room(3))).isEmpty();
        assertThat(dispatch.on(died(A, ABORT))).isEmpty();
        assertThat(dispatch.on(failed(B))).isEmpty();
    }

    @Test
    void aRowThatIsHeardOfAfterCancellingIsStillTold() {
        Dispatch dispatch = dispatch(A, B);
        dispatch.on(room(2));
        dispatch.on(cancelled());
        assertThat(dispatch.on(ended(A))).containsExactly(tell(A));
        assertThat(dispatch.on(Steps.diedAfterwards(B))).containsExactly(tell(B));
    }

    @Test
    void aRunThatIsCancelledBeforeItBeginsSubmitsNothing() {
        Dispatch dispatch = dispatch(A);
        dispatch.on(cancelled());
        assertThat(dispatch.on(room(1))).isEmpty();
        assertThat(dispatch.isOver()).isTrue();
    }
}
