package dev.narrows.benchmarks.replay;

import java.util.BitSet;

/**
 * What one way to spend compute bought.
 *
 * @param trained variants that were trained whole
 */
record Spent(BitSet trained, long epochs) {}
