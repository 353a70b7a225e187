package dev.narrows.jobs.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.jobs.Trials;
import dev.narrows.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Map<String, Double> SECONDS = Map.of("a", 1.0, "b", 3.0, "c", 2.0, "d", 4.0);

    private final Trial a = Trials.trial("a", "one");
    private final Trial b = Trials.trial("b", "one");
    private final Trial c = Trials.trial("c", "two");
    private final Trial d = Trials.trial("d", "two");
    private final Backlog backlog = new Backlog(List.of(a, b, c, d), trial -> SECONDS.get(trial.id()));

    @Test
    void theLongestPredictedComesFirst() {
        assertThat(drain()).containsExactly(d, b, c, a);
        assertThat(backlog.next()).isEmpty();
        assertThat(backlog.size()).isZero();
        assertThat(backlog.remainingSeconds()).isCloseTo(10, within(1e-9));
        List.of(a, b, c, d).forEach(trial -> backlog.ended(trial, OptionalDouble.empty()));
        assertThat(backlog.remainingSeconds()).isZero();
    }

    @Test
    void trialsThatComeLaterTakeTheirPlaceByTheirPrediction() {
        Backlog later = new Backlog(List.of(a, c), trial -> SECONDS.get(trial.id()));
        assertThat(later.next()).contains(c);
        later.add(List.of(b, d));
        assertThat(later.size()).isEqualTo(3);
        assertThat(later.remainingSeconds()).isCloseTo(10, within(1e-9));
        assertThat(later.next()).contains(d);
        assertThat(later.next()).contains(b);
        assertThat(later.next()).contains(a);
    }

    @Test
    void whatAFamilyTookReordersItAgainstTheOthers() {
        assertThat(backlog.next()).contains(d);
        backlog.ended(d, OptionalDouble.of(4));
        assertThat(backlog.next()).contains(b);
        backlog.ended(b, OptionalDouble.of(0.3));
        assertThat(backlog.seconds(a)).isCloseTo(0.1, within(1e-9));
        assertThat(backlog.seconds(c)).isCloseTo(2, within(1e-9));
        assertThat(backlog.remainingSeconds()).isCloseTo(2.1, within(1e-9));
        assertThat(drain()).containsExactly(c, a);
    }

    @Test
    void aFamilyThatHasNotEndedAnythingGoesByTheOthers() {
        assertThat(backlog.next()).contains(d);
        backlog.ended(d, OptionalDouble.of(8));
        assertThat(backlog.seconds(b)).isCloseTo(6, within(1e-9));
    }

    @Test
    void theRangeOfWhatIsLeftNarrowsAsTrialsEnd() {
        Backlog.Remaining before = backlog.remaining();
        assertThat(before.low()).isCloseTo(7, within(1e-9));
        assertThat(before.expected()).isCloseTo(10, within(1e-9));
        assertThat(before.high()).isCloseTo(30, within(1e-9));
        backlog.ended(d, OptionalDouble.of(8));
        Backlog.Remaining one = backlog.remaining();
        assertThat(one.expected()).as("twice as slow as predicted").isCloseTo(12, within(1e-9));
        assertThat(one.high() / one.low()).isLessThan(before.high() / before.low());
        backlog.ended(b, OptionalDouble.of(6));
        Backlog.Remaining two = backlog.remaining();
        assertThat(two.high() / two.low()).isLessThan(one.high() / one.low());
        assertThat(two.expected()).isBetween(two.low(), two.high());
    }

    @Test
    void trialsThatTookUnlikeTimesKeepTheRangeWide() {
        Backlog alike = new Backlog(List.of(a, b, c, d), trial -> 1);
        List.of(a, b).forEach(trial -> alike.ended(trial, OptionalDouble.of(2)));
        Backlog unlike = new Backlog(List.of(a, b, c, d), trial -> 1);
        unlike.ended(a, OptionalDouble.of(0.5));
        unlike.ended(b, OptionalDouble.of(3.5));
        assertThat(unlike.remaining().expected()).isCloseTo(alike.remaining().expected(), within(1e-9));
        assertThat(unlike.remaining().low()).isLessThan(alike.remaining().low());
        assertThat(unlike.remaining().high()).isGreaterThan(alike.remaining().high());
    }

    @Test
    void theFirstPartOfARunningTrialCorrectsWhatIsLeft() {
        assertThat(backlog.next()).contains(d);
        Backlog.Remaining before = backlog.remaining();
        Backlog.Remaining range = backlog.remaining(List.of(new Backlog.Part(d, 2, 0.25)));
        assertThat(range.expected())
                .as("everything is twice as slow, and a quarter of d is over")
                .isCloseTo(18, within(1e-9));
        assertThat(range.high() / range.low()).isLessThan(before.high() / before.low());
        assertThat(backlog.remaining()).as("nothing of it is kept").isEqualTo(before);
    }

    @Test
    void aFamilyGoesByItsOwnPartsBeforeThoseOfOthers() {
        Backlog.Remaining range =
                backlog.remaining(List.of(new Backlog.Part(d, 2, 0.25), new Backlog.Part(b, 1.5, 0.5)));
        assertThat(range.expected())
                .as("one: 1 + 3 less 1.5, as predicted; two: 2 + 4 less 1, twice as slow")
                .isCloseTo(12.5, within(1e-9));
    }

    private List<Trial> drain() {
        List<Trial> order = new ArrayList<>();
        Optional<Trial> next = backlog.next();
        while (next.isPresent()) {
            order.add(next.get());
            next = backlog.next();
        }
        return order;
    }
}
