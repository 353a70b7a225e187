package dev.narrows.jobs;

import dev.narrows.engine.Engine;
import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.fanout.HostLock;
import dev.narrows.jobs.show.Progress;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.LatencySpec;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.function.Function;

/**
 * The second pass: one job that probes all networks on one host, with nothing else of the study in flight, so that they
 * are compared in the same minutes on the same machine.
 */
record LatencyPass(LatencySpec spec, int threads, JournalCommit commit)
        implements Function<List<LatencyProbe.Target>, Integer> {
    private static final int LOOK_EVERY_MILLIS = 250;

    /** Probes done; a driver sees it move only where the pass runs inside its own process. */
    private static final AtomicInteger DONE = new AtomicInteger();

    static Progress progress(Terminal terminal, int targets, LatencySpec spec) {
        int steps = LatencyProbe.steps(targets, spec);
        double seconds = Forecast.latencySeconds(targets, spec);
        return new Progress(terminal, "latency", steps, () -> 0, () -> seconds * (steps - DONE.get()) / steps);
    }

    /**
     * Measures every target at every batch size; the rows are kept as the pass ends.
     *
     * @throws CancellationException where its job was cancelled
     */
    void run(Cluster cluster, List<LatencyProbe.Target> targets, Progress progress) {
        DONE.set(0);
        cluster.spark().setJobGroup("latency", "latency of %d networks".formatted(targets.size()), true);
        JavaFutureAction<List<Integer>> job = cluster.spark()
                .parallelize(List.of(List.copyOf(targets)), 1)
                .map(this)
                .collectAsync();
        try {
            while (!isOver(job)) {
                progress.reached(DONE.get());
            }
        } catch (InterruptedException e) {
            job.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled while latency was measured");
        } catch (ExecutionException e) {
            String reason = String.valueOf(e.getCause());
            if (reason.contains("cancelled")) {
                throw new CancellationException("Cancelled while latency was measured");
            }
            throw new IllegalStateException("Cannot measure latency: " + reason, e);
        }
    }

    private static boolean isOver(JavaFutureAction<?> job) throws InterruptedException, ExecutionException {
        try {
            job.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public Integer call(List<LatencyProbe.Target> targets) throws Exception {
        var gpu = TaskContext.get().resourcesJMap().get("gpu");
        String device = gpu == null ? "cpu" : "gpu:" + gpu.addresses()[0];
        Engine engine = Engine.start(threads);
        List<LatencyRow> rows =
                HostLock.whileHeld(() -> new LatencyProbe(engine).measure(targets, spec, device, DONE::set));
        rows.forEach(commit::latency);
        return rows.size();
    }
}
