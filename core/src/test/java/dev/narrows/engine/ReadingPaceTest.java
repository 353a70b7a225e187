package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingPaceTest {
    private long now = 5;
    private final ReadingPace pace = new ReadingPace(() -> now);

    /** Steps that are enough, after a reading of so many that took so long. */
    private int afterReading(int steps, long millisAStep) {
        now += steps * millisAStep * 1_000_000;
        pace.read(steps);
        return steps();
    }

    private int steps() {
        int unread = 1;
        while (!pace.due(unread)) {
            unread++;
        }
        return unread;
    }

    @Test
    void theFirstStepIsReadAlone() {
        assertThat(steps()).isEqualTo(1);
    }

    @Test
    void fastStepsAreReadTwiceAsManyAtATimeUpToThirtyTwo() {
        pace.begin();
        for (int expected : new int[] {2, 4, 8, 16, 32, 32}) {
            assertThat(afterReading(steps(), 0)).isEqualTo(expected);
        }
    }

    @Test
    void noMoreAreReadTogetherThanHalfASecondHolds() {
        pace.begin();
        for (int expected : new int[] {2, 4, 5, 5}) {
            assertThat(afterReading(steps(), 100)).isEqualTo(expected);
        }
    }

    @Test
    void stepsOfASecondAreReadOneByOneAsSoonAsTheyAreSlow() {
        pace.begin();
        while (steps() < ReadingPace.MOST_STEPS) {
            afterReading(steps(), 1);
        }
        assertThat(afterReading(ReadingPace.MOST_STEPS, 1000)).isEqualTo(1);
    }

    @Test
    void timeBeforeTheFirstStepDoesNotCount() {
        now += 60_000_000_000L;
        pace.begin();
        assertThat(afterReading(1, 1)).isEqualTo(2);
    }
}
