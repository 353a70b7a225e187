package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.gpu.GpuMemory;
import dev.narrows.trial.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeviceBudgetTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    @Test
    void trialsShareWhatIsFreeAboveTheImages() {
        DeviceBudget budget = DeviceBudget.shared(new GpuMemory(20_000, 80_000), 4, 3_000);
        assertThat(budget.slotBytes()).isEqualTo((20_000 / 100 * 95 - 3_000) / 4);
    }

    /** The allowance for scratch space is part of a trial's need. */
    @Test
    void aTrialFitsUpToItsShareWithScratchSpace() {
        DeviceBudget budget = new DeviceBudget(1024 * MIB);
        assertThat(budget.admits(1024 * MIB - DeviceBudget.WORKSPACE_BYTES)).isTrue();
        assertThat(budget.admits(1024 * MIB - DeviceBudget.WORKSPACE_BYTES + 1)).isFalse();
        assertThat(budget.admits(Long.MAX_VALUE)).isFalse();
        assertThat(budget.refusesSlot(800 * MIB, 128))
                .contains("Cannot train in batches of 128 images: a step needs about 1056 MiB of the GPU,"
                        + " and a slot has 1024 MiB of it (a smaller batch needs less, and fewer trials at"
                        + " once on a GPU have more each)");
        assertThat(budget.refusesSlot(700 * MIB, 128)).isEmpty();
    }

    /** The host's memory may be full: a step on a GPU takes none of it. */
    @Test
    void aStepIsNotRefused() {
        assertThat(new DeviceBudget(1).refusesStep(Long.MAX_VALUE)).isEmpty();
    }

    /** The recording has the memory of a step once more. */
    @Test
    void aStepIsRecordedWhereItsSlotHasRoomForTwo() {
        DeviceBudget budget = new DeviceBudget(1024 * MIB);
        assertThat(budget.holdsRecording(384 * MIB)).isTrue();
        assertThat(budget.holdsRecording(385 * MIB)).isFalse();
        assertThat(budget.admits(385 * MIB)).isTrue();
        assertThat(budget.holdsRecording(Long.MAX_VALUE)).isFalse();
        assertThat(MemoryBudget.ofMachine().holdsRecording(1)).isFalse();
    }

    @Test
    void aGpuWhoseMemoryIsNotKnownBoundsNothing() {
        assertThat(DeviceBudget.here("gpu:9999", 8, GIB).admits(Long.MAX_VALUE - DeviceBudget.WORKSPACE_BYTES))
                .isTrue();
    }

    @Test
    void aTrialThatIsTooLargeForItsShareEndsOutOfMemoryBeforeItTrains() {
        TrialStop stop = org.assertj.core.api.Assertions.catchThrowableOfType(
                TrialStop.class, () -> new MemoryGuard(new DeviceBudget(MIB), GIB, 64));
        assertThat(stop.outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(stop).hasMessageStartingWith("Cannot train in batches of 64 images: a step needs about 1280 MiB");
    }

    @Test
    void trialsAtOnceAreWhatMemoryAndCoresAllow() {
        assertThat(DeviceBudget.trialsAtOnce(GIB, 80 * GIB, GIB, 64))
                .as("at most eight")
                .isEqualTo(8);
        assertThat(DeviceBudget.trialsAtOnce(GIB, 80 * GIB, GIB, 3))
                .as("a core each")
                .isEqualTo(3);
        assertThat(DeviceBudget.trialsAtOnce(20 * GIB, 80 * GIB, 0, 64))
                .as("memory")
                .isEqualTo(3);
        assertThat(DeviceBudget.trialsAtOnce(200 * GIB, 80 * GIB, 0, 64))
                .as("one is tried in any case")
                .isEqualTo(1);
        assertThat(DeviceBudget.trialsAtOnce(Long.MAX_VALUE, 8 * GIB, 0, 4)).isEqualTo(1);
    }

    /** The precision that {@code auto} chooses is what each trial is then held to. */
    @Test
    void asManyTrialsAsAreChosenFit() {
        for (long mebibytes = 10; mebibytes < 40_000; mebibytes = mebibytes * 3 / 2 + 7) {
            int trials = DeviceBudget.trialsAtOnce(mebibytes * MIB, 48 * GIB, 2 * GIB, 16);
            assertThat(DeviceBudget.expected(48 * GIB, trials, 2 * GIB).admits(mebibytes * MIB))
                    .as("%d trials of %d MiB", trials, mebibytes)
                    .isTrue();
            if (trials < DeviceBudget.MOST_TRIALS) {
                assertThat(DeviceBudget.expected(48 * GIB, trials + 1, 2 * GIB).admits(mebibytes * MIB))
                        .as("%d trials of %d MiB and one more", trials, mebibytes)
                        .isFalse();
            }
        }
    }

    @Test
    void theCacheIsEmptiedWhenIdleAndAfterOutOfMemory() {
        AtomicInteger emptied = new AtomicInteger();
        TrialsOnGpus trials = new TrialsOnGpus(emptied::incrementAndGet);
        trials.begins();
        trials.begins();
        trials.begins();
        trials.ends(false);
        assertThat(emptied).as("neighbours run").hasValue(0);
        trials.ends(true);
        assertThat(emptied).as("memory did not suffice").hasValue(1);
        trials.ends(false);
        assertThat(emptied).as("nothing runs").hasValue(2);
    }

    /** A neighbour may record, and then the allocator gives nothing back. */
    @Test
    void aCacheThatCannotBeEmptiedLeavesTheTrialsEndAsItIs() {
        AtomicInteger tried = new AtomicInteger();
        TrialsOnGpus trials = new TrialsOnGpus(() -> {
            tried.incrementAndGet();
            throw new IllegalStateException("captures_underway.empty() INTERNAL ASSERT FAILED");
        });
        trials.begins();
        assertThatCode(() -> trials.ends(true)).doesNotThrowAnyException();
        assertThat(tried).hasValue(1);
    }

    @Test
    void aGpuIsFullWithoutRoomForScratchSpace() {
        assertThat(DeviceBudget.isFull(new GpuMemory(DeviceBudget.WORKSPACE_BYTES - 1, 4 * GIB)))
                .isTrue();
        assertThat(DeviceBudget.isFull(new GpuMemory(DeviceBudget.WORKSPACE_BYTES, 4 * GIB)))
                .isFalse();
        assertThat(DeviceBudget.isFull(new GpuMemory(3 * GIB, 80 * GIB))).isTrue();
        assertThat(DeviceBudget.isFull(new GpuMemory(5 * GIB, 80 * GIB))).isFalse();
        assertThat(DeviceBudget.isFull("cpu")).isFalse();
    }

    @Test
    void aBudgetIsPositive() {
        assertThatThrownBy(() -> new DeviceBudget(0))
                .hasMessage("Cannot train within 0 bytes of a GPU: it must be positive");
    }
}
