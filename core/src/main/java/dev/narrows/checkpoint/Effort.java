package dev.narrows.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * The time and memory that a trial has taken, over all attempts that it went on from.
 *
 * @param trainNanos of training, without evaluation
 * @param insideNanos of these in the engine
 * @param images that training steps saw
 * @param seconds of the whole trial
 * @param peakMemoryBytes resident; null where another trial ran in the process, or the system does not tell
 */
public record Effort(
        long trainNanos,
        long insideNanos,
        long images,
        double seconds,
        @Nullable Long peakMemoryBytes) {}
