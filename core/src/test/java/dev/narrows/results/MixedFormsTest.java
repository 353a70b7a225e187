package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.tradeoff.MixedForms;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MixedFormsTest {
    @Test
    void trialsOfOneFormAreComparable() {
        assertThat(MixedForms.note(Stream.of(Rows.completed("a"), Rows.completed("b"))))
                .isEmpty();
    }

    @Test
    void trialsOfSeveralFormsAreFlagged() {
        assertThat(MixedForms.note(
                        Stream.of(Rows.completed("a"), Rows.completed("b"), Rows.completed("c", "blocked-1"))))
                .contains("Trials were computed in 2 forms (blocked-1: 1, channels-last-1: 2): the last bits"
                        + " of accuracies differ between them; the column form says which trial ran in which");
    }

    @Test
    void rowsOfEarlierVersionsSayNothing() {
        assertThat(MixedForms.note(Stream.of(Rows.completed("a"), Rows.failed("b"))))
                .isEmpty();
    }
}
