package dev.narrows.benchmarks;

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
import org.openjdk.jmh.infra.BenchmarkParams;

/** Images per second. Each of JMH's threads trains a network of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StepBenchmark {
    @Param
    public Variant variant = Variant.RESIDUAL;

    @Param
    public Contender contender = Contender.NARROWS_FP32;

    @SuppressWarnings("NullAway.Init") // JMH calls setUp first
    private Subject subject;

    /** Built in JMH's own thread of the trial, which is the only one that touches it. */
    @Setup(Level.Trial)
    public void setUp(BenchmarkParams params) {
        subject = contender.take(variant, params.getThreads() == 1);
        if (params.getBenchmark().endsWith(".train")) {
            subject.prove();
        }
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        subject.close();
    }

    @Benchmark
    @OperationsPerInvocation(Subject.TRAINED)
    public double train(ProcessorTime time) {
        time.done += Subject.TRAINED;
        return subject.train();
    }

    @Benchmark
    @OperationsPerInvocation(Subject.EVALUATED)
    public double evaluate(ProcessorTime time) {
        time.done += Subject.EVALUATED;
        return subject.evaluate();
    }
}
