package dev.narrows.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OverlapTest {
    @Test
    void classesCountAlikeHoweverManyPositionsTheyHave() {
        // 90 of ground, 80 of them found; 10 of cells, 5 of them found.
        Overlap overlap = Overlap.of(new long[] {80, 5}, new long[] {90, 10}, new long[] {85, 15});
        assertThat(overlap.meanIou()).isCloseTo((80.0 / 95 + 5.0 / 20) / 2, within(1e-12));
        assertThat(overlap.dice()).isCloseTo((160.0 / 175 + 10.0 / 25) / 2, within(1e-12));
    }

    @Test
    void classThatIsNeitherThereNorFoundDoesNotCount() {
        assertThat(Overlap.of(new long[] {7, 3, 0}, new long[] {7, 3, 0}, new long[] {7, 3, 0}))
                .isEqualTo(new Overlap(1, 1));
    }
}
