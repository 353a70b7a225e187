package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.Precision;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final Trial TRIAL =
            TrialRunnerTest.trial(SmallNetworks.bottleneck(), 0, TrialRunnerTest.training(1, Precision.FP32, 0.05, 0));

    private static final long NEEDED =
            MemoryBudget.needed(TRIAL, TrialRunnerTest.DATA.train().size());

    private static TrialResult within(MemoryBudget budget) {
        return new TrialRunner(Engine.start(1), budget).run(TRIAL, TrialRunnerTest.DATA, "cpu", Watch.none());
    }

    @Test
    void theLimitOfEachGroupAroundTheProcessCounts() {
        assertThat(ProcessMemory.upwards("/sys/fs/cgroup", "/slurm/job_7/step_0", "memory.max"))
                .map(Object::toString)
                .containsExactly(
                        "/sys/fs/cgroup/slurm/job_7/step_0/memory.max",
                        "/sys/fs/cgroup/slurm/job_7/memory.max",
                        "/sys/fs/cgroup/slurm/memory.max",
                        "/sys/fs/cgroup/memory.max");
    }

    @Test
    void trialThatNeedsMoreThanItsSlotEndsBeforeItsFirstStep() {
        TrialResult result = within(new MemoryBudget(NEEDED - 1, Long.MAX_VALUE));
        assertThat(result.outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(result.message())
                .matches("Cannot train in batches of 64 images: a step needs about \\d+ MiB, and a slot has \\d+ MiB"
                        + " \\(a smaller batch needs less\\)");
        assertThat(result.trainSeconds()).isNull();
    }

    @Test
    void trialThatJustFitsItsSlotIsTrained() {
        assertThat(within(new MemoryBudget(NEEDED, Long.MAX_VALUE)).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void stepThatWouldBurstTheProcessEndsTheTrialInstead() {
        Engine.start(1);
        Assumptions.assumeTrue(ProcessMemory.used().isPresent(), "this system does not tell what a process uses");
        long used = ProcessMemory.used().getAsLong();
        TrialResult result = within(new MemoryBudget(Long.MAX_VALUE, used / 2));
        assertThat(result.outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(result.message())
                .matches(
                        "Cannot go on training: a step needs about \\d+ MiB beside the \\d+ MiB in use, and the process"
                                + " may have \\d+ MiB");
    }

    @Test
    void memoryInUseIsPartOfWhatIsResidentAndOfTheLimit() {
        Assumptions.assumeTrue(ProcessMemory.used().isPresent(), "this system does not tell what a process uses");
        assertThat(ProcessMemory.used().getAsLong())
                .isPositive()
                .isLessThanOrEqualTo(ProcessMemory.limit().orElse(Long.MAX_VALUE));
    }

    @Test
    void slotsShareWhatIsLeftBelowTheLimitInEqualParts() {
        assertThat(MemoryBudget.shared(1000, 350, 3)).isEqualTo(new MemoryBudget(200, 1000));
        assertThat(MemoryBudget.shared(1000, 950, 3).admits(1)).isTrue();
        assertThat(MemoryBudget.shared(1000, 950, 3).admits(2)).isFalse();
        assertThat(MemoryBudget.shared(Long.MAX_VALUE, 350, 3).admits(Long.MAX_VALUE))
                .as("an unknown limit refuses nothing")
                .isTrue();
    }

    @Test
    void noMemoryIsNoBudget() {
        assertThatThrownBy(() -> new MemoryBudget(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot train within 0 bytes of 1: both must be positive");
    }
}
