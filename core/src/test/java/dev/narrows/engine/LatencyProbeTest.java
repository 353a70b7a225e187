package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.trial.LatencyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Every network is timed in every runtime at every batch size, in rounds. What it takes is nobody's to assert. */
class LatencyProbeTest {
    private static final LatencySpec SPEC = new LatencySpec(
            LatencySpec.Which.ALL, List.of(LatencyRuntime.TORCH, LatencyRuntime.ONNX), List.of(1, 4), 0.03, 0.06, 12);

    private static final List<LatencyProbe.Target> TARGETS = List.of(
            new LatencyProbe.Target("v1", "one", SmallNetworks.bottleneck(), SmallNetworks.INPUT),
            new LatencyProbe.Target("v2", "two", SmallNetworks.tapped(), SmallNetworks.INPUT));

    private final List<Integer> steps = new ArrayList<>();
    private final List<LatencyRow> measured = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private List<LatencyRow> measure() {
        return new LatencyProbe(Engine.start(1)).measure(TARGETS, SPEC, "cpu", steps::add, measured::add, lost::add);
    }

    @Test
    void aRowForEachNetworkRuntimeAndBatchSize() {
        List<LatencyRow> rows = measure();
        assertThat(rows)
                .extracting(row -> row.variantId() + " " + row.runtime() + " " + row.batchSize())
                .containsExactly(
                        "v1 TORCH 1",
                        "v1 TORCH 4",
                        "v1 ONNX 1",
                        "v1 ONNX 4",
                        "v2 TORCH 1",
                        "v2 TORCH 4",
                        "v2 ONNX 1",
                        "v2 ONNX 4");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.samples()).isPositive();
            assertThat(row.p10Micros()).isPositive();
            assertThat(row.relative()).isPositive();
            assertThat(row.p50Micros()).isGreaterThanOrEqualTo(row.p10Micros());
            assertThat(row.p90Micros()).isGreaterThanOrEqualTo(row.p50Micros());
            assertThat(row.p99Micros()).isGreaterThanOrEqualTo(row.p90Micros());
            assertThat(row.unstable()).isEqualTo(row.iqrMicros() > 0.1 * row.p50Micros());
            assertThat(row.imagesPerSecond()).isCloseTo(row.batchSize() * 1e6 / row.p50Micros(), within(1e-3));
            assertThat(row.referenceMicros()).isPositive();
            assertThat(row.deviceKind()).isEqualTo("cpu");
            assertThat(row.environment().versions().contains(";onnxruntime="))
                    .isEqualTo(row.runtime() == LatencyRuntime.ONNX);
        });
        assertThat(steps).hasSize(LatencyProbe.steps(TARGETS.size(), SPEC)).isSorted();
    }

    @Test
    void whatCannotBeRunCostsNoOtherRow() {
        LatencySpec huge = new LatencySpec(
                LatencySpec.Which.ALL, List.of(LatencyRuntime.TORCH), List.of(1, Integer.MAX_VALUE), 0.03, 0.06, 12);
        LatencyProbe probe = new LatencyProbe(Engine.start(1));
        assertThat(probe.measure(TARGETS, huge, "cpu", steps::add, measured::add, lost::add))
                .extracting(row -> row.variantId() + " " + row.batchSize())
                .containsExactly("v1 1", "v2 1");
        assertThat(measured).hasSize(2);
        assertThat(lost)
                .hasSize(2)
                .allMatch(line ->
                        line.matches("Cannot measure the latency of (one|two) at batch size 2147483647 in torch: .+"));
        assertThat(steps).hasSize(LatencyProbe.steps(TARGETS.size(), huge)).isSorted();
    }

    /** A pass that fails, or is cancelled, before its end has then lost only what was not yet measured. */
    @Test
    void eachRowIsGivenOutWhenItIsMeasured() {
        List<Integer> stepsBefore = new ArrayList<>();
        List<LatencyRow> rows = new LatencyProbe(Engine.start(1))
                .measure(
                        TARGETS,
                        SPEC,
                        "cpu",
                        steps::add,
                        row -> {
                            stepsBefore.add(steps.size());
                            measured.add(row);
                        },
                        lost::add);
        assertThat(measured)
                .extracting(row -> row.variantId() + row.runtime() + row.batchSize() + " " + row.p50Micros())
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .map(row -> row.variantId() + row.runtime() + row.batchSize() + " " + row.p50Micros())
                        .toList());
        int last = LatencyProbe.steps(TARGETS.size(), SPEC);
        assertThat(stepsBefore)
                .as("one after another, each before the probe that follows it")
                .containsExactly(last - 8, last - 7, last - 6, last - 5, last - 4, last - 3, last - 2, last - 1);
    }

    @Test
    void aProbeThatIsCancelledEnds() {
        LatencyProbe probe = new LatencyProbe(Engine.start(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> probe.measure(TARGETS, SPEC, "cpu", steps::add, measured::add, lost::add))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(steps).isEmpty();
    }
}
