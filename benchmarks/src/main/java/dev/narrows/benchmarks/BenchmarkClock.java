package dev.narrows.benchmarks;

import java.lang.management.ManagementFactory;

/** Clocks that seconds of a benchmark are read from. */
public enum BenchmarkClock {
    /** The wall's. */
    WALL {
        @Override
        public long now() {
            return System.nanoTime();
        }
    },
    /** Processor time of the thread that asks, for a machine that others use too. */
    PROCESSOR {
        @Override
        public long now() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    };

    /** Nanoseconds from some moment. */
    public abstract long now();
}
