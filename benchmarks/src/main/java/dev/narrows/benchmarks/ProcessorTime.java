package dev.narrows.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Images (or operations, or bytes) per second of the thread's processor time. With one thread per trial, it equals the
 * figure per second on a machine where nothing else runs, and changes little on a shared one.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ProcessorTime {
    long done;
    private long before;
    private double seconds;

    @Setup(Level.Iteration)
    public void start() {
        done = 0;
        before = BenchmarkClock.PROCESSOR.now();
    }

    @TearDown(Level.Iteration)
    public void stop() {
        seconds = (BenchmarkClock.PROCESSOR.now() - before) / 1e9;
    }

    /** Read by JMH after each iteration. */
    public double perProcessorSecond() {
        return done / seconds;
    }
}
