package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.gpu.GpuState;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuConditions;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of a GPU beside the calls; the calls themselves are {@link LatencyProbeTest}'s. */
class LatencySamplesTest {
    private static final Environment GPU = new Environment(
            "host", "processor", "gpu:0", "fp32", 1, "a=1", new GpuEnvironment("NVIDIA A100", "8.0", "", "", ""));
    private static final LatencySpec SPEC =
            new LatencySpec(LatencySpec.Which.ALL, List.of(LatencyRuntime.TORCH), List.of(1), 0.001, 0.002, 12);

    private static LatencyRow row(GpuState... states) {
        LatencySamples samples = new LatencySamples(
                new LatencyProbe.Target("v1", "one", SmallNetworks.bottleneck(), SmallNetworks.INPUT),
                LatencyRuntime.TORCH,
                1);
        try (Deployed nothing = new Deployed() {
            @Override
            public void call() {
                Thread.onSpinWait();
            }

            @Override
            public void close() {
                // There is nothing to be given back.
            }
        }) {
            samples.take(nothing, SPEC, 1);
        }
        for (GpuState state : states) {
            samples.on(state);
        }
        return samples.row(GPU, 1);
    }

    @Test
    void aSharedGpuMakesALatencyUnstable() {
        LatencyRow row = row(new GpuState(1980, 0L, 1), new GpuState(1980, 0L, 2), new GpuState(1980, 0L, 1));
        assertThat(row.unstable()).isTrue();
        assertThat(row.conditions()).isEqualTo(new GpuConditions(1980, "shared with 1 other process"));
    }

    @Test
    void aThrottledGpuMakesALatencyUnstableAndTheLowestClockIsKept() {
        LatencyRow row = row(new GpuState(1980, 0L, 1), new GpuState(1410, 0x20L, 1));
        assertThat(row.unstable()).isTrue();
        assertThat(row.conditions()).isEqualTo(new GpuConditions(1410, "throttled (temperature)"));
    }

    @Test
    void aGpuThatNothingDisturbsIsJudgedByItsSamplesAlone() {
        LatencyRow row = row(new GpuState(1980, 0x1L, 1));
        assertThat(row.conditions()).isEqualTo(new GpuConditions(1980, ""));
        assertThat(row.unstable()).isEqualTo(row.iqrMicros() > 0.1 * row.p50Micros());
    }

    @Test
    void aStateThatCannotBeReadIsNoCondition() {
        assertThat(row(GpuState.UNKNOWN).conditions()).isNull();
        assertThat(row().conditions()).isNull();
    }
}
