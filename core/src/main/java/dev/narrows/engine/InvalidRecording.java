package dev.narrows.engine;

import org.jspecify.annotations.Nullable;

/**
 * The end of a recording that cannot be ended. The thread's stream takes nothing after it, and the allocator gives no
 * memory back in this process, so its message is one of those after which executors end.
 */
final class InvalidRecording extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param cause the failure of the step; null where its recording was invalid without one */
    InvalidRecording(@Nullable Throwable cause) {
        // The message is the same for all causes: one for want of memory would be taken for a trial's own.
        super("Cannot record a step: CUDA error: operation failed due to a previous error during capture", cause);
    }
}
