package dev.narrows.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void labelsAreWhatTheReportShows() {
        assertThat(Arrays.stream(Measure.values()).map(Measure::label))
                .containsExactlyElementsOf(List.of(
                        "validation accuracy",
                        "balanced accuracy",
                        "mean IoU",
                        "Dice",
                        "params",
                        "MACs",
                        "activations",
                        "inference memory",
                        "peak memory",
                        "training time",
                        "epoch",
                        "images/s in training",
                        "narrow dead share",
                        "narrow rank share",
                        "latency p10",
                        "latency p50",
                        "latency p90",
                        "latency p99",
                        "inference images per second"));
    }
}
