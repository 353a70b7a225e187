package dev.narrows.jobs.run;

import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.HostSplit;
import dev.narrows.jobs.latency.LatencyPass;
import dev.narrows.jobs.output.RunResults;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.jobs.pass.RunPass;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.training.SearchSource;
import dev.narrows.jobs.training.TrainingPass;
import dev.narrows.study.BadInput;
import dev.narrows.tradeoff.StudySearch;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The latencies that a search needs, measured on one host while the search trains its sample on the others. It gives
 * the search as it stands: the sample until the latencies are there, then the whole, for which that host trains too.
 *
 * <p>Where the latencies are there first, the search goes on while its sample still trains; where the sample ends
 * first, training waits for them. Where they cannot be measured, the sample is trained to its end all the same.
 */
final class LatencyBeside implements SearchSource {
    private final RunContext context;
    private final RunResults results;
    private final LatencyPass latency;
    private final HostSplit hosts;
    private StudySearch search;
    private Optional<Measuring> measuring = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /** The pass on a thread of its own. */
    private record Measuring(CompletableFuture<Void> end, Cluster cluster) {}

    private LatencyBeside(
            RunContext context, RunResults results, LatencyPass latency, HostSplit hosts, StudySearch sample) {
        this.context = context;
        this.results = results;
        this.latency = latency;
        this.hosts = hosts;
        search = sample;
    }

    /** Measuring beside the sample of a search; empty where nothing of the sample is left to train. */
    static Optional<LatencyBeside> of(
            RunContext context, RunResults results, KnownRows rows, LatencyPass latency, HostSplit hosts) {
        Optional<StudySearch> left = StudySearch.sample(
                        context.study(), context.planned().plan())
                .filter(sample -> !sample.state(rows.ofTheStudy()).open().isEmpty());
        left.ifPresent(results::measuring);
        return left.map(sample -> new LatencyBeside(context, results, latency, hosts, sample));
    }

    /** The search of a study whose latencies are measured. */
    static StudySearch measured(RunContext context, RunResults results) {
        return results.search()
                .orElseThrow(() -> new BadInput("%s: Cannot search: no variant has a latency"
                        .formatted(context.study().file())));
    }

    /** The search at this moment, for the thread that trains. */
    @Override
    public StudySearch get() {
        measuring
                .filter(pass -> pass.end().isDone() && !context.cancellation().isAsked())
                .ifPresent(this::goOn);
        return search;
    }

    @Override
    public boolean isPending() {
        return measuring.isPresent();
    }

    private void goOn(Measuring pass) {
        measuring = Optional.empty();
        try {
            pass.end().join();
        } catch (CompletionException e) {
            failure = Optional.of(e.getCause() instanceof RuntimeException reason ? reason : e);
            context.terminal().note("%s; the trials of the sample still end".formatted(reason(failure.get())));
            return;
        }
        pass.cluster().trainOn(Set.of());
        results.measured();
        search = measured(context, results);
        context.terminal()
                .note("Latency is measured; %s joins the training"
                        .formatted(hosts.measuring().name()));
    }

    /** The pass that measures while another trains what {@link #get} opens. */
    RunPass with(TrainingPass training) {
        return new RunPass() {
            @Override
            public boolean isNeeded() {
                return true;
            }

            @Override
            public String cancelling() {
                return training.cancelling() + ", and the current measurement ends first";
            }

            @Override
            public void run(Cluster cluster) throws InterruptedException {
                Thread thread = start(cluster);
                try {
                    training.run(cluster);
                } finally {
                    // One that has ended is not stopped by it.
                    latency.stop();
                    thread.join();
                    cluster.trainOn(Set.of());
                }
                if (failure.isPresent()) {
                    throw failure.get();
                }
            }
        };
    }

    private Thread start(Cluster cluster) {
        context.terminal()
                .note("Latency of %s is measured on %s while the sample trains on the others"
                        .formatted(
                                Numbers.counted(latency.networks(), "network"),
                                hosts.measuring().name()));
        CompletableFuture<Void> end = new CompletableFuture<>();
        measuring = Optional.of(new Measuring(end, cluster));
        cluster.trainOn(hosts.training());
        Thread thread = new Thread(() -> measure(cluster, end), "narrows-latency");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void measure(Cluster cluster, CompletableFuture<Void> end) {
        try {
            latency.runBeside(cluster);
            end.complete(null);
        } catch (Throwable e) {
            // Whatever it is: training waits for this end.
            end.completeExceptionally(e);
        }
    }

    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("Cannot measure latency");
    }
}
