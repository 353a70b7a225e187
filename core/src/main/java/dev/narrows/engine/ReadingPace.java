package dev.narrows.engine;

import java.util.function.LongSupplier;

/**
 * Number of training steps that are computed before their figures are read.
 *
 * <p>It is as many as half a second holds, by the time of the steps before: a device may be given more steps than it
 * has computed, and a time limit or a cancellation is to be felt within a second or one step. It does not touch
 * results, which are summed in the order of steps however many are read at once.
 */
final class ReadingPace {
    static final int MOST_STEPS = 32;

    private static final long LONGEST_NANOS = 500_000_000;

    private final LongSupplier clock;
    private long begin;
    private int steps = 1;

    /** @param clock nanoseconds since any moment */
    ReadingPace(LongSupplier clock) {
        this.clock = clock;
    }

    /** The next step is the first one unread. */
    void begin() {
        begin = clock.getAsLong();
    }

    /** True where so many unread steps are enough. */
    boolean due(int unread) {
        return unread >= steps;
    }

    /** Takes note of a reading, which waited for its steps; a first fast one is not yet trusted with many. */
    void read(int count) {
        long now = clock.getAsLong();
        long fit = LONGEST_NANOS / Math.max(1, (now - begin) / count);
        steps = (int) Math.max(1, Math.min(Math.min(MOST_STEPS, 2L * steps), fit));
        begin = now;
    }
}
