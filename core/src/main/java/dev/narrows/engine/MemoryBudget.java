package dev.narrows.engine;

import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Memory of its process that a trial may take: the one rule by which a driver admits a study and a process refuses a
 * trial. A driver that knows what each executor gets sends executors the budget that it has admitted the study by;
 * where it does not, the process that trains measures its own.
 *
 * <p>A trial's need is estimated from its network, batch and optimizer ({@link Memory}). A need beyond the slot is
 * refused before anything is trained, whatever runs beside it. While it trains, a step is refused that would take the
 * process past its own limit, so that the trial ends instead of the process. Estimates miss the library's scratch
 * space, and the kernel counts other processes of a container too: the limit is approached no nearer than {@value
 * #MARGIN_PERCENT} %.
 *
 * @param slotBytes for one trial; {@link Long#MAX_VALUE} for no such bound
 * @param processBytes for the process and all that it holds; {@link Long#MAX_VALUE} where unknown
 */
public record MemoryBudget(long slotBytes, long processBytes) implements TrialBudget {
    private static final int MARGIN_PERCENT = 5;
    private static final double MIB = 1 << 20;

    /** @throws IllegalArgumentException where a bound is not positive */
    public MemoryBudget {
        if (slotBytes < 1 || processBytes < 1) {
            throw new IllegalArgumentException(
                    "Cannot train within %d bytes of %d: both must be positive".formatted(slotBytes, processBytes));
        }
    }

    /** No bound for a slot; for the process the machine's memory or its container's limit. */
    public static MemoryBudget ofMachine() {
        return new MemoryBudget(Long.MAX_VALUE, ProcessMemory.limit().orElse(Long.MAX_VALUE));
    }

    /**
     * Memory left for this process on its host, above what it uses now, in equal shares: to be asked once, when the
     * engine and the images are there and no trial runs yet.
     *
     * @param slots trials at once in this process
     */
    public static MemoryBudget ofMachine(int slots) {
        OptionalLong used = ProcessMemory.used();
        MemoryBudget machine = ofMachine();
        return used.isEmpty() ? machine : shared(machine.processBytes, used.getAsLong(), slots);
    }

    /**
     * Equal shares of a process's memory above what is taken before its first trial.
     *
     * @param processBytes for the process and all that it holds; {@link Long#MAX_VALUE} where unknown
     * @param takenBytes by the engine, the images and the heap: measured, or predicted
     * @param slots trials at once in the process
     */
    public static MemoryBudget shared(long processBytes, long takenBytes, int slots) {
        long slot = processBytes == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(1, (bounded(processBytes) - takenBytes) / slots);
        return new MemoryBudget(slot, processBytes);
    }

    private static long bounded(long limit) {
        return limit / 100 * (100 - MARGIN_PERCENT);
    }

    /**
     * Bytes that a training step of the trial needs, without the engine itself.
     *
     * @param images of the training part, which a batch cannot exceed
     */
    public static long needed(Trial trial, int images) {
        return TrainingStep.of(trial.training(), images).bytes(trial.network(), trial.input());
    }

    /** True where a trial of this need fits a slot. */
    public boolean admits(long needed) {
        return needed <= slotBytes;
    }

    @Override
    public Optional<String> refusesSlot(long needed, int batchSize) {
        return admits(needed)
                ? Optional.empty()
                : Optional.of(("Cannot train in batches of %d images: a step needs about %.0f MiB, and a slot has"
                                + " %.0f MiB (a smaller batch needs less)")
                        .formatted(batchSize, needed / MIB, slotBytes / MIB));
    }

    @Override
    public boolean holdsRecording(long needed) {
        return false;
    }

    /** The reason is that a step would burst the process, or the machine. */
    @Override
    public Optional<String> refusesStep(long needed) {
        OptionalLong used = ProcessMemory.used();
        if (processBytes < Long.MAX_VALUE && used.isPresent() && used.getAsLong() + needed > bounded(processBytes)) {
            return Optional.of(("Cannot go on training: a step needs about %.0f MiB beside the %.0f MiB in use, and"
                            + " the process may have %.0f MiB")
                    .formatted(needed / MIB, used.getAsLong() / MIB, processBytes / MIB));
        }
        OptionalLong free = ProcessMemory.free();
        return free.isEmpty() || needed <= free.getAsLong()
                ? Optional.empty()
                : Optional.of(("Cannot go on training: a step needs about %.0f MiB and %.0f MiB are free; other"
                                + " processes use the rest")
                        .formatted(needed / MIB, free.getAsLong() / MIB));
    }
}
