package dev.narrows.benchmarks;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Images (or operations, or bytes) a second of processor time of the thread: what there would be if nothing else ran. With one thread a trial it
 * equals what is done in a second on a machine of one's own, and hardly changes on one that is shared.
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
        before = now();
    }

    @TearDown(Level.Iteration)
    public void stop() {
        seconds = (now() - before) / 1e9;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Read by JMH after each iteration. */
    public double perProcessorSecond() {
        return done / seconds;
    }
}
