package dev.narrows.benchmarks.replay;

import java.util.BitSet;

/**
 * Result of one way to spend compute.
 *
 * @param trained variants that were trained whole
 */
record Spent(BitSet trained, long epochs) {}
