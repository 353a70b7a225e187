package dev.narrows.engine;

/**
 * The end of a recording that cannot be ended. The thread's stream takes nothing any more, and the allocator gives no
 * memory back in this process, so its message is one of those after which executors end.
 */
final class InvalidRecording extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    InvalidRecording() {
        super("Cannot record a step: CUDA error: operation failed due to a previous error during capture");
    }
}
