package dev.narrows.jobs.latency;

import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ClusterHost;
import dev.narrows.jobs.cluster.PreferredHosts;
import dev.narrows.jobs.fanout.FanOutException;
import dev.narrows.jobs.pass.Cancellation;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.jobs.pass.RunPass;
import dev.narrows.jobs.plan.Forecast;
import dev.narrows.jobs.show.Progress;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaFutureAction;
import org.jspecify.annotations.Nullable;

/**
 * The pass of latencies: one job that probes all networks on one host, with no trial of this study or another on that
 * host, so that they are compared in the same minutes on the same machine. So a GPU belongs to the pass as a whole too,
 * whatever share of it a trial has; programs that are not Narrows are seen and flagged. Nothing else of the study is in
 * flight, except where a search trains its sample on other hosts meanwhile.
 */
public final class LatencyPass implements RunPass {
    private static final int LOOK_EVERY_MILLIS = 1000;

    private final RunContext context;
    private final ToProbe probed;
    private Set<String> preferred;
    private volatile @Nullable JavaFutureAction<?> job;
    private volatile boolean stopped;

    private LatencyPass(RunContext context, ToProbe probed) {
        this.context = context;
        this.probed = probed;
        preferred = probed.host().isEmpty() ? Set.of() : Set.of(probed.host());
    }

    /** The pass over the networks that the study probes and that have no latency. */
    public static LatencyPass ofMissing(RunContext context, StudyResults results) {
        List<VariantSummary> wanted = wanted(context.study(), results);
        return new LatencyPass(
                context,
                ToProbe.of(
                        targets(context, wanted),
                        wanted,
                        context.study().latency(),
                        context.study().threads()));
    }

    /** The pass over all networks that the study probes, measured before or not. */
    public static LatencyPass ofAll(RunContext context, StudyResults results) {
        return new LatencyPass(context, ToProbe.again(targets(context, wanted(context.study(), results))));
    }

    private static List<LatencyProbe.Target> targets(RunContext context, List<VariantSummary> wanted) {
        Set<String> ids = wanted.stream().map(VariantSummary::variantId).collect(Collectors.toSet());
        return context.planned().targets(ids);
    }

    private static List<VariantSummary> wanted(Study study, StudyResults results) {
        return switch (study.latency().of()) {
            case ALL -> results.summaries();
            case FRONT ->
                ParetoFront.of(
                        results.summaries(),
                        VariantSummary.criteria(study.objectives().stream()
                                .filter(objective -> !objective.measure().isLatency())
                                .toList()));
            case NONE -> List.of();
        };
    }

    @Override
    public boolean isNeeded() {
        return !probed.isEmpty();
    }

    /** Name of the host where other networks of the study were measured; empty where none was, or on several. */
    public String host() {
        return probed.host();
    }

    /** Number of the networks that lack a latency. */
    public int networks() {
        return probed.missing().size();
    }

    @Override
    public String cancelling() {
        return "Cancelling: the current measurement ends first";
    }

    @Override
    public void run(Cluster cluster) throws InterruptedException {
        LatencySpec spec = context.study().latency();
        int targets = probed.missing().size();
        int steps = LatencyProbe.steps(targets, spec);
        double seconds = Forecast.latencySeconds(targets, spec);
        AtomicInteger done = new AtomicInteger();
        try (Progress progress = new Progress(
                context.terminal(), "latency", steps, () -> 0, () -> seconds * (steps - done.get()) / steps)) {
            measure(cluster, count -> {
                done.set(count);
                progress.reached(count);
            });
        }
    }

    /** Runs likewise without a bar: trials run on other hosts meanwhile, and theirs is shown. */
    public void runBeside(Cluster cluster) throws InterruptedException {
        measure(cluster, count -> {});
    }

    /** Sets the host to measure on, whose name in rows may be none of those that Spark has for it. */
    public void prefer(ClusterHost host) {
        preferred = host.addresses();
    }

    /** Stops the pass where it runs or begins; for any thread. */
    public void stop() {
        stopped = true;
        JavaFutureAction<?> running = job;
        if (running != null) {
            running.cancel(true);
        }
    }

    private void measure(Cluster cluster, IntConsumer done) throws InterruptedException {
        try (Cancellation.UnderWay stoppable = context.cancellation().stopsBy(this::stop)) {
            follow(submit(cluster), done);
        }
    }

    private void follow(JavaFutureAction<List<List<String>>> measuring, IntConsumer done) throws InterruptedException {
        PassNews news = new PassNews(context.commit().results());
        try {
            String told = "";
            while (!isOver(measuring)) {
                PassNews.Word word = news.heard();
                done.accept(word.done());
                if (!word.waits().isEmpty() && !word.waits().equals(told)) {
                    told = word.waits();
                    context.terminal()
                            .note("Latency is measured while nothing else runs on its host; waiting for " + told);
                }
            }
            measuring.get().stream().flatMap(List::stream).forEach(context.terminal()::note);
        } catch (InterruptedException e) {
            measuring.cancel(true);
            throw e;
        } catch (ExecutionException | CancellationException e) {
            if (!stopped) {
                throw new FanOutException("Cannot measure latency: " + reason(e), e);
            }
        } finally {
            news.forget();
        }
    }

    private JavaFutureAction<List<List<String>>> submit(Cluster cluster) {
        new PassNews(context.commit().results()).forget();
        Study study = context.study();
        cluster.spark()
                .setJobGroup(
                        "latency",
                        "latency of %d networks".formatted(probed.all().size()),
                        true);
        LatencyTask task = new LatencyTask(study.name(), study.latency(), study.threads(), context.commit(), probed);
        JavaFutureAction<List<List<String>>> measuring = PreferredHosts.one(cluster.spark(), probed.all(), preferred)
                .toJavaRDD()
                .map(task)
                .collectAsync();
        job = measuring;
        if (stopped) {
            // It was stopped before there was a job.
            measuring.cancel(true);
        }
        return measuring;
    }

    private static boolean isOver(JavaFutureAction<?> job) throws InterruptedException, ExecutionException {
        try {
            job.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Spark's message holds a task's stack trace; the reason is in its first line, after the task's address. */
    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        int address = line.indexOf("): ");
        return address < 0 ? line : line.substring(address + "): ".length());
    }
}
