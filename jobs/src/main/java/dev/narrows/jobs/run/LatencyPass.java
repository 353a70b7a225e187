package dev.narrows.jobs.run;

import dev.narrows.engine.Engine;
import dev.narrows.engine.Host;
import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.host.HostLock;
import dev.narrows.jobs.show.Progress;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The second pass: one job that probes all networks on one host, with nothing else of the study in flight and no trial of
 * another study on that host, so that they are compared in the same minutes on the same machine.
 *
 * @param study whose networks they are
 * @param threads inside one operation
 */
record LatencyPass(String study, LatencySpec spec, int threads, JournalCommit commit, ToProbe probed)
        implements Function<List<LatencyProbe.Target>, Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyPass.class);

    private static final int LOOK_EVERY_MILLIS = 1000;

    /** Probes done, as the driver last heard. */
    private static final AtomicInteger HEARD = new AtomicInteger();

    Progress progress(Terminal terminal) {
        int targets = probed.missing().size();
        int steps = LatencyProbe.steps(targets, spec);
        double seconds = Forecast.latencySeconds(targets, spec);
        return new Progress(terminal, "latency", steps, () -> 0, () -> seconds * (steps - HEARD.get()) / steps);
    }

    /**
     * Measures every target in every runtime at every batch size; the rows are kept as the pass ends.
     *
     * @throws CancellationException where its job was cancelled
     */
    void run(Cluster cluster, Terminal terminal, Progress progress) {
        PassNews news = news();
        news.forget();
        HEARD.set(0);
        cluster.spark()
                .setJobGroup(
                        "latency",
                        "latency of %d networks".formatted(probed.all().size()),
                        true);
        JavaFutureAction<List<Integer>> job = onTheHost(cluster).map(this).collectAsync();
        try {
            String told = "";
            while (!isOver(job)) {
                PassNews.Word word = news.heard();
                HEARD.set(word.done());
                progress.reached(word.done());
                if (!word.waits().isEmpty() && !word.waits().equals(told)) {
                    told = word.waits();
                    terminal.note("Latency is measured when nothing else runs on its host; waiting for " + told);
                }
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
        } finally {
            news.forget();
        }
    }

    private PassNews news() {
        return new PassNews(commit.results());
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

    @Override
    public Integer call(List<LatencyProbe.Target> all) throws Exception {
        String device = TaskDevice.here();
        Engine engine = Engine.start(threads);
        List<LatencyProbe.Target> targets =
                probed.on(engine.place(device, Precision.FP32).host());
        PassNews news = news();
        String name = Host.name();
        try (HostLock host = HostLock.forProbe(study, whom -> {
            LOG.info("Latency waits for {}", whom);
            news.waits("%s on %s".formatted(whom, name));
        })) {
            LOG.info("{} networks are measured under {}", targets.size(), host);
            List<LatencyRow> rows = new LatencyProbe(engine).measure(targets, spec, device, news::done);
            rows.forEach(commit::latency);
            return rows.size();
        }
    }
}
