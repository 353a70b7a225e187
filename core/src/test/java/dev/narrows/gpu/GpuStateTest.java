package dev.narrows.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuStateTest {
    private static GpuState of(long reasons, int processes) {
        return new GpuState(1980, reasons, processes);
    }

    /** NVML's bits for an idle GPU, clocks that a user has set, sync boost, and a display's clock. */
    @ParameterizedTest
    @ValueSource(longs = {0, 0x1, 0x2, 0x10, 0x100, 0x113})
    void clocksThatNothingHoldsBackAreNoDisturbance(long reasons) {
        assertThat(of(reasons, 1).disturbance()).isEmpty();
    }

    @Test
    void powerHeatAndOtherProcessesAre() {
        assertThat(of(0x4, 1).disturbance()).isEqualTo("throttled (power cap)");
        assertThat(of(0x8 | 0x40, 2).disturbance())
                .isEqualTo("shared with 1 other process; throttled (hardware slowdown, temperature, by hardware)");
        assertThat(of(0x20 | 0x1, 4).disturbance()).isEqualTo("shared with 3 other processes; throttled (temperature)");
        assertThat(of(0x80, 1).disturbance()).isEqualTo("throttled (power brake)");
    }

    @Test
    void whatIsNotKnownIsNoDisturbance() {
        assertThat(GpuState.UNKNOWN.disturbance()).isEmpty();
        assertThat(GpuState.UNKNOWN.throttled()).isEmpty();
        assertThat(GpuState.UNKNOWN.otherProcesses()).isZero();
    }

    @Test
    void theWorseOfTwoMomentsHasTheLowerClockAndAllReasons() {
        GpuState warm = new GpuState(1980, 0x1L, null);
        GpuState hot = new GpuState(1200, 0x20L, 2);
        GpuState worse = new GpuState(1200, 0x21L, 2);
        assertThat(warm.worse(hot)).isEqualTo(worse);
        assertThat(hot.worse(warm)).isEqualTo(worse);
        assertThat(GpuState.UNKNOWN.worse(hot)).isEqualTo(hot);
        assertThat(hot.worse(GpuState.UNKNOWN)).isEqualTo(hot);
    }
}
