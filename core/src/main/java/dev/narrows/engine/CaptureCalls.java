package dev.narrows.engine;

import com.sun.jna.Memory;

/**
 * Native calls that record what the calling thread's stream is given into a graph object in memory.
 *
 * <p>None of them may fail: an exception of C++ ends the process.
 */
interface CaptureCalls {
    /** Makes the object. */
    void construct(Memory graph);

    /** Begins to record. */
    void begin(Memory graph);

    /** True where an error has made the recording that is under way unusable; to end it would fail. */
    boolean isInvalid();

    /** Ends the recording, frees the allocator of it, and makes what was recorded ready to run. */
    void end(Memory graph);

    /** Gives the calling thread's stream what was recorded. */
    void replay(Memory graph);

    /** Ends the object. */
    void destroy(Memory graph);
}
