package dev.narrows.engine;

import dev.narrows.checkpoint.Effort;
import org.jspecify.annotations.Nullable;

/** Time that the training steps of a trial have taken, and the images that they saw. */
final class TrainingTime {
    private long nanos;
    private long insideNanos;
    private long images;
    private long begin;
    private long lastNanos;

    /** Takes up the time and the images of an earlier attempt. */
    void goOn(Effort earlier) {
        nanos += earlier.trainNanos();
        insideNanos += earlier.insideNanos();
        images += earlier.images();
    }

    /**
     * The time and the images so far.
     *
     * @param seconds of the whole trial
     * @param peakMemoryBytes null where it is not known
     */
    Effort effort(double seconds, @Nullable Long peakMemoryBytes) {
        return new Effort(nanos, insideNanos, images, seconds, peakMemoryBytes);
    }

    /** A pass over the images begins. */
    void begin() {
        begin = System.nanoTime();
    }

    /**
     * A step has been taken.
     *
     * @param inside nanoseconds of it in the engine
     */
    void step(int count, long inside) {
        images += count;
        insideNanos += inside;
    }

    /** The pass has ended, whatever the reason. */
    void end() {
        lastNanos = System.nanoTime() - begin;
        nanos += lastNanos;
    }

    /** Seconds of the pass that ended last. */
    double lastSeconds() {
        return TrialClock.seconds(lastNanos);
    }

    /** True once a step has been taken. */
    boolean any() {
        return images > 0;
    }

    /** Null before the first step. */
    @Nullable
    Double seconds() {
        return any() ? TrialClock.seconds(nanos) : null;
    }

    /** Null before the first step. */
    @Nullable
    Double imagesPerSecond() {
        return any() ? images / TrialClock.seconds(nanos) : null;
    }

    /** Share of the time that was not spent in the engine; null before the first step. */
    @Nullable
    Double outsideShare() {
        return any() ? (double) (nanos - insideNanos) / nanos : null;
    }
}
