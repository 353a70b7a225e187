package dev.narrows.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.trial.TrialEvent.Ended;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialHistoryTest {
    private static final Environment ENVIRONMENT = new Environment("host", "processor", "cpu", "fp32", 1, "a=1");

    private static Started started(long at, int afterEpochs) {
        return new Started(at, afterEpochs, ENVIRONMENT, "channels-last-1");
    }

    private static EpochEnded epoch(int number) {
        return new EpochEnded(number * 10L, new Epoch(number, 1, 0.5, 1, 0.5, null, 0.1, null, 1, 1, null));
    }

    private static Ended ended(long startedAt) {
        return new Ended(TrialResult.bare("a", Outcome.FAILED, "no luck", ENVIRONMENT, startedAt, 0.5));
    }

    private static Ended paused(long startedAt, int epochs) {
        return new Ended(new TrialResult(
                "a",
                Outcome.PAUSED,
                "paused",
                IntStream.rangeClosed(1, epochs)
                        .mapToObj(number -> epoch(number).epoch())
                        .toList(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ENVIRONMENT,
                "channels-last-1",
                startedAt,
                0.5));
    }

    @Test
    void theStateFollowsFromTheLastEvent() {
        TrialHistory history = TrialHistory.NONE;
        assertThat(history.state()).isEqualTo(TrialState.WAITING);
        history = history.then(started(0, 0));
        assertThat(history.state()).isEqualTo(TrialState.RUNNING);
        history = history.then(epoch(1));
        assertThat(history.state()).isEqualTo(TrialState.RUNNING);
        history = history.then(paused(0, 1));
        assertThat(history.state()).isEqualTo(TrialState.PAUSED);
        history = history.then(started(20, 1)).then(epoch(2));
        assertThat(history.state()).isEqualTo(TrialState.RUNNING);
        assertThat(history.result().orElseThrow().outcome()).isEqualTo(Outcome.PAUSED);
        history = history.then(ended(20));
        assertThat(history.state()).isEqualTo(TrialState.ENDED);
        assertThat(history.result().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void epochsAreThoseThatTheLastAttemptStandsOn() {
        TrialHistory two = TrialHistory.of(started(0, 0), epoch(1), epoch(2), paused(0, 2));
        assertThat(two.epochs()).extracting(Epoch::epoch).containsExactly(1, 2);
        assertThat(two.then(started(30, 1)).epochs()).extracting(Epoch::epoch).containsExactly(1);
        assertThat(two.then(started(30, 2)).then(epoch(3)).epochs())
                .extracting(Epoch::epoch)
                .containsExactly(1, 2, 3);
        assertThat(two.then(started(30, 0)).epochs()).isEmpty();
    }

    @Test
    void anAttemptWhoseProcessDiedIsFollowedByAnother() {
        TrialHistory history = TrialHistory.of(started(0, 0), epoch(1), started(30, 0));
        assertThat(history.state()).isEqualTo(TrialState.RUNNING);
        assertThat(history.start().orElseThrow().at()).isEqualTo(30);
    }

    @Test
    void whatEndedKeepsItsResultWhileItRunsAgain() {
        TrialHistory again =
                TrialHistory.ended(ended(0).result()).then(started(900, 0)).then(epoch(1));
        assertThat(again.state()).isEqualTo(TrialState.RUNNING);
        assertThat(again.result()).contains(ended(0).result());
        assertThat(again.sinceEnd()).containsExactly(started(900, 0), epoch(1));
        TrialHistory second = again.then(ended(900));
        assertThat(second.result()).contains(ended(900).result());
        assertThat(second.sinceEnd()).isEmpty();
    }

    @Test
    void anEndComesWhenTheResultSays() {
        assertThat(ended(1000).at()).isEqualTo(1500);
    }

    @Test
    void eventsThatCannotFollowAreRefused() {
        refused(TrialHistory.NONE, epoch(1), "Cannot take an epoch of a trial that is waiting");
        refused(TrialHistory.NONE, ended(0), "Cannot end a trial that is waiting");
        refused(TrialHistory.NONE, started(0, 1), "Cannot start after 1 epochs a trial that has 0 to go on from");
        TrialHistory running = TrialHistory.of(started(0, 0), epoch(1));
        refused(running, epoch(3), "Cannot take epoch 3 after 1 epochs");
        refused(running, epoch(1), "Cannot take epoch 1 after 1 epochs");
        TrialHistory paused = running.then(paused(0, 1));
        refused(paused, ended(0), "Cannot end a trial that is paused");
        refused(paused, started(20, 2), "Cannot start after 2 epochs a trial that has 1 to go on from");
        refused(running.then(ended(0)), started(20, 1), "Cannot start after 1 epochs a trial that has 0 to go on from");
    }

    private static void refused(TrialHistory history, TrialEvent event, String message) {
        assertThatThrownBy(() -> history.then(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void anAdditionHasAReason() {
        assertThat(TrialOrigin.PLAN.isAdded()).isFalse();
        assertThat(TrialOrigin.added("a seed to settle the front", 5).isAdded()).isTrue();
        assertThatThrownBy(() -> TrialOrigin.added(" ", 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot add a trial without a reason");
    }
}
