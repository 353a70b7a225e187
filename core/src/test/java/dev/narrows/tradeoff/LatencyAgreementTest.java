package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.Environment;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two measurements are told apart by what they say of the same networks, whatever their hosts' speed. */
class LatencyAgreementTest {
    private static LatencyRow row(String variant, LatencyRuntime runtime, int batch, @Nullable Double relative) {
        Environment environment = new Environment("host", "processor", "cpu", "fp32", 1, "a=1");
        return new LatencyRow(
                variant, "label " + variant, runtime, batch, 9, 1.0, 2, 3, 4, 1, false, 1, 5, relative, environment, 0);
    }

    @Test
    void differencesAreOfTheSameNetworkRuntimeAndBatchSize() {
        List<LatencyRow> ones = List.of(
                row("a", LatencyRuntime.TORCH, 1, 1.0),
                row("b", LatencyRuntime.TORCH, 1, 2.0),
                row("c", LatencyRuntime.TORCH, 1, 4.0),
                row("a", LatencyRuntime.TORCH, 32, 9.0),
                row("a", LatencyRuntime.ONNX, 1, 0.5));
        List<LatencyRow> others = List.of(
                row("c", LatencyRuntime.TORCH, 1, 3.6),
                row("b", LatencyRuntime.TORCH, 1, 2.04),
                row("a", LatencyRuntime.TORCH, 1, 1.0),
                row("a", LatencyRuntime.ONNX, 1, 0.6));

        List<LatencyAgreement> found = LatencyAgreement.of(ones, others);

        assertThat(found)
                .extracting(agreement -> agreement.runtime() + " " + agreement.batchSize() + " " + agreement.networks())
                .containsExactly("TORCH 1 3", "ONNX 1 1");
        LatencyAgreement torch = found.get(0);
        assertThat(torch.medianDifference()).isCloseTo(0.02, within(1e-9));
        assertThat(torch.largestDifference()).isCloseTo(0.1, within(1e-9));
        assertThat(torch.largestOf()).isEqualTo("label c");
        assertThat(torch.ratio()).isCloseTo(1, within(1e-9));
        assertThat(torch.rankCorrelation()).isCloseTo(1, within(1e-9));
        assertThat(found.get(1).rankCorrelation()).isNaN();
    }

    @Test
    void anotherOrderLowersTheRankCorrelation() {
        List<LatencyRow> ones = List.of(
                row("a", LatencyRuntime.TORCH, 1, 1.0),
                row("b", LatencyRuntime.TORCH, 1, 2.0),
                row("c", LatencyRuntime.TORCH, 1, 3.0));
        List<LatencyRow> others = List.of(
                row("a", LatencyRuntime.TORCH, 1, 2.0),
                row("b", LatencyRuntime.TORCH, 1, 1.0),
                row("c", LatencyRuntime.TORCH, 1, 3.0));
        assertThat(LatencyAgreement.of(ones, others))
                .singleElement()
                .satisfies(agreement -> assertThat(agreement.rankCorrelation()).isCloseTo(0.5, within(1e-9)));
    }

    @Test
    void rowsOfEarlierVersionsAreNotCompared() {
        List<LatencyRow> ones = List.of(row("a", LatencyRuntime.TORCH, 1, null));
        List<LatencyRow> others = List.of(row("a", LatencyRuntime.TORCH, 1, 1.0));
        assertThat(LatencyAgreement.of(ones, others)).isEmpty();
    }
}
