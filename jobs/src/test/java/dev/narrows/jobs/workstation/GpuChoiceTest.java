package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.narrows.study.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuChoiceTest {
    private static final List<String> FOUND = List.of("0", "1", "2", "5");

    @Test
    void allAreAllThatThereAre() {
        assertThat(GpuChoice.parse("all").of(FOUND)).isEqualTo(FOUND);
    }

    @Test
    void aNumberTakesTheFirst() {
        assertThat(GpuChoice.parse("2").of(FOUND)).containsExactly("0", "1");
    }

    @Test
    void commasMakeAddresses() {
        assertThat(GpuChoice.parse("5,1").of(FOUND)).containsExactly("5", "1");
        assertThat(GpuChoice.parse("0,").of(FOUND)).containsExactly("0");
        assertThat(GpuChoice.parse("1,1").of(FOUND)).containsExactly("1");
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatIs() {
        refused("Cannot use --gpus 0,3: the GPUs of this machine are 0, 1, 2, 5", "0,3");
        refused("Cannot use --gpus 5: the GPUs of this machine are 0, 1, 2, 5", "5");
    }

    private static void refused(String message, String choice) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> GpuChoice.parse(choice).of(FOUND))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "some", "1.5", ",", ""})
    void anythingElseIsRefused(String word) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> GpuChoice.parse(word))
                .withMessage(
                        "Cannot take --gpus %s: it is all, a number of GPUs of at least 1, or addresses"
                                + " such as 0,3 ('0,' is the first GPU alone)",
                        word);
    }
}
