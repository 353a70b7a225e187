package dev.narrows.jobs.latency;

import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.fanout.FanOutException;
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
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The second pass: one job that probes all networks on one host, with nothing else of the study in flight and no trial
 * of another study on that host, so that they are compared in the same minutes on the same machine. So a GPU belongs to
 * the pass as a whole too, whatever share of it a trial has; programs that are not Narrows are seen and flagged.
 */
public final class LatencyPass implements RunPass {
    private static final int LOOK_EVERY_MILLIS = 1000;

    private final RunContext context;
    private final ToProbe probed;

    private LatencyPass(RunContext context, ToProbe probed) {
        this.context = context;
        this.probed = probed;
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
        context.cancellation().stopsBy(() -> cluster.spark().cancelAllJobs());
        try (Progress progress = new Progress(
                context.terminal(), "latency", steps, () -> 0, () -> seconds * (steps - done.get()) / steps)) {
            measure(cluster, progress, done);
        }
    }

    private void measure(Cluster cluster, Progress progress, AtomicInteger done) throws InterruptedException {
        PassNews news = new PassNews(context.commit().results());
        news.forget();
        JavaFutureAction<List<List<String>>> job = submit(cluster);
        try {
            String told = "";
            while (!isOver(job)) {
                PassNews.Word word = news.heard();
                done.set(word.done());
                progress.reached(word.done());
                if (!word.waits().isEmpty() && !word.waits().equals(told)) {
                    told = word.waits();
                    context.terminal()
                            .note("Latency is measured while nothing else runs on its host; waiting for " + told);
                }
            }
            job.get().stream().flatMap(List::stream).forEach(context.terminal()::note);
        } catch (InterruptedException e) {
            job.cancel(true);
            throw e;
        } catch (ExecutionException | CancellationException e) {
            if (!context.cancellation().isAsked()) {
                throw new FanOutException("Cannot measure latency: " + reason(e), e);
            }
        } finally {
            news.forget();
        }
    }

    private JavaFutureAction<List<List<String>>> submit(Cluster cluster) {
        Study study = context.study();
        cluster.spark()
                .setJobGroup(
                        "latency",
                        "latency of %d networks".formatted(probed.all().size()),
                        true);
        LatencyTask task = new LatencyTask(study.name(), study.latency(), study.threads(), context.commit(), probed);
        JavaFutureAction<List<List<String>>> job = onTheHost(cluster).map(task).collectAsync();
        if (context.cancellation().isAsked()) {
            // It was cancelled before there was a job.
            job.cancel(true);
        }
        return job;
    }

    /** The one element that the job is about, if possible where the rows so far were measured. */
    private JavaRDD<List<LatencyProbe.Target>> onTheHost(Cluster cluster) {
        List<String> hosts = probed.host().isEmpty() ? List.of() : List.of(probed.host());
        var preferred = CollectionConverters.asScala(hosts).toSeq();
        var one = CollectionConverters.asScala(List.of(new Tuple2<>(probed.all(), preferred)))
                .toSeq();
        return cluster.spark()
                .sc()
                .<List<LatencyProbe.Target>>makeRDD(one, ClassTag$.MODULE$.apply(List.class))
                .toJavaRDD();
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
