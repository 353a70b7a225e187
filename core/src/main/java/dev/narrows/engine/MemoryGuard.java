package dev.narrows.engine;

import dev.narrows.trial.Outcome;

/** Ends a trial before a step of it bursts its slot, the process, or the machine. */
final class MemoryGuard {
    /** The memory is looked at before each of so many first steps: by then the trial has what it will take. */
    private static final int GROWING_STEPS = 4;

    /** And so often later. A look takes half a millisecond, which is much beside the step of a small network. */
    private static final long INTERVAL_NANOS = 500_000_000L;

    private final TrialBudget budget;
    private final long neededBytes;
    private int steps;
    private long checkedAt;

    /**
     * Ends a trial whose step has no room in a slot.
     *
     * @param neededBytes of a step
     * @param batchSize images of a step
     */
    MemoryGuard(TrialBudget budget, long neededBytes, int batchSize) {
        this.budget = budget;
        this.neededBytes = neededBytes;
        budget.refusesSlot(neededBytes, batchSize).ifPresent(MemoryGuard::refuse);
    }

    /** True where the slot has room to record the step. */
    boolean holdsRecording() {
        return budget.holdsRecording(neededBytes);
    }

    /** To be called before each step. */
    void check() {
        long now = System.nanoTime();
        if (steps < GROWING_STEPS || now - checkedAt >= INTERVAL_NANOS) {
            checkedAt = now;
            budget.refusesStep(neededBytes).ifPresent(MemoryGuard::refuse);
        }
        steps++;
    }

    private static void refuse(String message) {
        throw new TrialStop(Outcome.OUT_OF_MEMORY, message);
    }
}
