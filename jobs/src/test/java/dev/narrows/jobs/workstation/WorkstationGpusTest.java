package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.narrows.study.BadInput;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkstationGpusTest {
    @Test
    void theSharesOfAGpuFitIntoIt() {
        assertThat(IntStream.rangeClosed(1, 200)).allSatisfy(trials -> {
            double share = gpus(trials).share();
            assertThat(share * trials).isLessThanOrEqualTo(1);
            assertThat((int) (1 / share)).isEqualTo(trials);
        });
    }

    @Test
    void fewerThanOneTrialIsRefused() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> gpus(0))
                .withMessage("Cannot run with --trials-per-gpu 0: it must be at least 1");
    }

    private static WorkstationGpus gpus(int trials) {
        return new WorkstationGpus(
                new GpuChoice.All(), List.of("0", "1"), trials, false, new GpuNatives(Map.of(), false, ""));
    }
}
