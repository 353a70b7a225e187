package dev.narrows.engine;

import java.io.Serializable;
import java.util.Optional;

/** The memory that a trial may take where its tensors lie: the host's, or a GPU's. */
public sealed interface TrialBudget extends Serializable permits MemoryBudget, DeviceBudget {
    /**
     * The reason why a trial does not fit a slot; empty where it does.
     *
     * @param needed bytes of a training step
     * @param batchSize images of it
     */
    Optional<String> refusesSlot(long needed, int batchSize);

    /** The reason why a step of this need has no room now; empty where it has, or where memory is unknown. */
    Optional<String> refusesStep(long needed);

    /**
     * True where a slot has room for the recording of a step beside the step itself; never on a processor, which
     * records nothing.
     *
     * @param needed bytes of a training step
     */
    boolean holdsRecording(long needed);
}
