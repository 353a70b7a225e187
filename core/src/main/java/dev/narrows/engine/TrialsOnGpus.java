package dev.narrows.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trials that run on GPUs of this process. What libtorch keeps of a GPU's memory goes back only where that holds up
 * nobody: to free it waits for all that the GPU computes, and libtorch frees on all GPUs of the process at once.
 */
final class TrialsOnGpus {
    private static final Logger LOG = LoggerFactory.getLogger(TrialsOnGpus.class);

    /** The allocator refuses to give anything back while a thread records. */
    private static final TrialsOnGpus HERE = new TrialsOnGpus(() -> Recording.beside(Engine::emptyGpuCache));

    private final AtomicInteger running = new AtomicInteger();
    private final Runnable empty;

    /** @param empty gives back what is kept */
    TrialsOnGpus(Runnable empty) {
        this.empty = empty;
    }

    /** Those of this process. */
    static TrialsOnGpus here() {
        return HERE;
    }

    void begins() {
        running.incrementAndGet();
    }

    /**
     * Empties the cache after the last trial that runs, and after one whose memory did not suffice. A trial that has
     * ended keeps its outcome where that fails.
     */
    void ends(boolean outOfMemory) {
        if (running.decrementAndGet() == 0 || outOfMemory) {
            try {
                empty.run();
            } catch (RuntimeException e) {
                LOG.warn("The memory that libtorch keeps of GPUs is not given back: {}", EngineError.message(e));
            }
        }
    }
}
