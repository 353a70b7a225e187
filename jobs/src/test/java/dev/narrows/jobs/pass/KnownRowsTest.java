package dev.narrows.jobs.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.jobs.Trials;
import dev.narrows.results.TrialRecord;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialEvent;
import dev.narrows.trial.TrialResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownRowsTest {
    private static final List<Trial> PLAN = List.of(Trials.trial("c"), Trials.trial("a"), Trials.trial("b"));

    private final KnownRows rows = new KnownRows(PLAN, false);

    private static TrialRow row(Trial trial, Outcome outcome) {
        TrialResult completed = Trials.completed(trial, 0.5);
        return TrialRow.of(
                trial,
                new Cost(1, 1, 1, 1),
                outcome == Outcome.COMPLETED
                        ? completed
                        : TrialResult.bare(trial.id(), outcome, "no luck", completed.environment(), 0, 1));
    }

    private void take(TrialRow... ended) {
        rows.take(TrialRecords.of(Stream.of(ended).map(TrialRecord::ended).toList()));
    }

    /** A trial that has begun anew after its end has not ended, whatever row it left. */
    @Test
    void aTrialThatHasBegunAgainIsMissing() {
        TrialRow before = row(Trials.trial("a"), Outcome.FAILED);
        TrialRecord begun = TrialRecord.ended(before)
                .then(new TrialEvent.Started(5, 0, before.result().environment(), "channels-last-1"));
        rows.take(TrialRecords.of(List.of(begun)));
        assertThat(rows.missing(Set.of())).extracting(Trial::id).containsExactly("c", "a", "b");
    }

    @Test
    void whatHasNoRowIsMissingInTheOrderOfThePlan() {
        take(row(Trials.trial("a"), Outcome.FAILED));
        assertThat(rows.missing(Set.of())).extracting(Trial::id).containsExactly("c", "b");
        assertThat(rows.ids()).containsExactly("a");
    }

    @Test
    void aSearchedStudyHasTheTrialsThatEndedOrWereOpenedInTheOrderOfThePlan() {
        KnownRows searched = new KnownRows(PLAN, true);
        assertThat(searched.trialIds()).isEmpty();
        searched.take(TrialRecords.of(List.of(TrialRecord.ended(row(Trials.trial("b"), Outcome.COMPLETED)))));
        assertThat(searched.missing(Set.of())).isEmpty();
        searched.add(List.of(Trials.trial("added"), Trials.trial("c")));
        assertThat(searched.trialIds()).containsExactly("c", "b", "added");
        assertThat(searched.missing(Set.of())).extracting(Trial::id).containsExactly("c", "added");
        assertThat(searched.planned()).isEqualTo(PLAN);
    }

    @Test
    void aPauseIsARowOfASearchUntilTheTrialThatGoesOnHasEnded() {
        KnownRows searched = new KnownRows(PLAN, true);
        Trial trial = Trials.trial("a");
        TrialRow pause = row(trial, Outcome.PAUSED);
        searched.take(TrialRecords.of(List.of(TrialRecord.ended(pause))));
        assertThat(searched.missing(Set.of())).isEmpty();
        assertThat(searched.isPaused(trial)).isTrue();
        assertThat(searched.ids()).isEmpty();
        searched.goOn(List.of(trial));
        assertThat(searched.missing(Set.of())).containsExactly(trial);
        assertThat(searched.ofTheStudy()).containsExactly(pause);
        assertThat(searched.replaced(trial)).isEqualTo(pause);
        assertThat(searched.isPaused(trial)).isFalse();
        int before = searched.endings();
        searched.ended(trial, row(trial, Outcome.COMPLETED));
        assertThat(searched.endings()).isGreaterThan(before);
        assertThat(searched.missing(Set.of())).isEmpty();
        assertThat(searched.ids()).containsExactly("a");
    }

    /** A driver that died while a trial went on has left the row of the pause and the record of a later start. */
    @Test
    void aTrialThatWasGoingOnCountsAsPausedForItsSearchAndAsMissingForAGrid() {
        Trial trial = Trials.trial("a");
        TrialRow pause = row(trial, Outcome.PAUSED);
        TrialRecords begun = TrialRecords.of(List.of(TrialRecord.ended(pause)
                .then(new TrialEvent.Started(5, 0, pause.result().environment(), "channels-last-1"))));
        KnownRows searched = new KnownRows(PLAN, true);
        searched.take(begun);
        assertThat(searched.ofTheStudy()).containsExactly(pause);
        assertThat(searched.isPaused(trial)).isTrue();
        rows.take(begun);
        assertThat(rows.ofTheStudy()).isEmpty();
        assertThat(rows.missing(Set.of())).contains(trial);
        assertThat(rows.replaced(trial)).isEqualTo(pause);
    }

    @Test
    void theRowOfATrialThatRunsAgainIsSetAsideUntilItEnds() {
        Trial again = Trials.trial("a");
        TrialRow failed = row(again, Outcome.FAILED);
        take(failed, row(Trials.trial("b"), Outcome.COMPLETED));
        assertThat(rows.missing(Set.of(Outcome.FAILED))).extracting(Trial::id).containsExactly("c", "a");
        assertThat(rows.all()).extracting(TrialRow::trialId).containsExactly("b");
        assertThat(rows.replaced(again)).isEqualTo(failed);
        assertThat(rows.ids()).containsExactly("b");
        rows.ended(again, row(again, Outcome.COMPLETED));
        assertThat(rows.ids()).containsExactly("a", "b");
        assertThat(rows.all()).extracting(TrialRow::outcome).containsOnly(Outcome.COMPLETED);
    }

    @Test
    void trialsThatLeftTheGridComeAfterThoseOfThePlan() {
        take(
                row(Trials.trial("0left"), Outcome.COMPLETED),
                row(Trials.trial("b"), Outcome.COMPLETED),
                row(Trials.trial("c"), Outcome.COMPLETED));
        assertThat(rows.inOrderOfThePlan()).extracting(TrialRow::trialId).containsExactly("c", "b", "0left");
    }
}
