package dev.narrows.benchmarks;

import dev.narrows.engine.Engine;
import dev.narrows.engine.Peak;
import dev.narrows.study.Precision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures the peak of the machine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PeakBenchmark {
    private static final int MILLIONS_OF_OPERATIONS = (int) (2L * Peak.SIDE * Peak.SIDE * Peak.SIDE / 1_000_000);

    /** Megabytes read and written by a copy. */
    private static final int MEGABYTES_MOVED = 2 * Peak.COPIED_BYTES / 1_000_000;

    @Param({"FP32", "BF16"})
    public Precision precision = Precision.FP32;

    @SuppressWarnings("NullAway.Init") // JMH calls setUp first
    private Peak peak;

    @Setup(Level.Trial)
    public void setUp() {
        peak = new Peak(Engine.start(1), precision);
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        peak.close();
    }

    /** Millions of floating-point operations a second. */
    @Benchmark
    @OperationsPerInvocation(MILLIONS_OF_OPERATIONS)
    public void product(ProcessorTime time) {
        time.done += MILLIONS_OF_OPERATIONS;
        peak.product();
    }

    /** Megabytes a second, read and written. */
    @Benchmark
    @OperationsPerInvocation(MEGABYTES_MOVED)
    public void copy(ProcessorTime time) {
        time.done += MEGABYTES_MOVED;
        peak.copy();
    }
}
