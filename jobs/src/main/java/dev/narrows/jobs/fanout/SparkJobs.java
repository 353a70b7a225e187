package dev.narrows.jobs.fanout;

import dev.narrows.engine.Host;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.cluster.PreferredHosts;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.jobs.dispatch.Event;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.jobs.executor.OnExecutor;
import dev.narrows.jobs.executor.RunningTrial;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.jobs.executor.TrialsHere;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function0;
import scala.Function2;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Trials as jobs of Spark, each on an RDD of its own: on a shared one, a trial that kills its process takes the jobs of
 * the others down with it.
 */
public final class SparkJobs implements Jobs {
    private static final long STOP_PATIENCE_MILLIS = 20_000;
    private static final long LOOK_EVERY_MILLIS = 500;

    private final JavaSparkContext spark;
    private final Function<Trial, TrialTask> tasks;
    private final Commit commit;
    private final Optional<StartedMarks> marks;
    private final Supplier<Collection<String>> hosts;
    private final Exclusive exclusive;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final Map<String, SimpleFutureAction<?>> inFlight = new HashMap<>();
    private final RunningTasks running = new RunningTasks();
    private final Map<String, Environment> environments = new HashMap<>();
    private int hanging;

    /**
     * @param commit keeps the rows of trials, on the executors
     * @param marks of running trials; given where they share this process
     */
    public SparkJobs(JavaSparkContext spark, TrialTask task, Commit commit, Optional<StartedMarks> marks) {
        this(spark, trial -> task, commit, marks, List::of);
    }

    /**
     * Likewise, where the task differs from trial to trial, or trials prefer some hosts.
     *
     * @param tasks the task of each trial, as it is when the trial is submitted
     * @param hosts by Spark's names, asked for each trial; none where any host will do
     */
    public SparkJobs(
            JavaSparkContext spark,
            Function<Trial, TrialTask> tasks,
            Commit commit,
            Optional<StartedMarks> marks,
            Supplier<Collection<String>> hosts) {
        this.hosts = hosts;
        this.spark = spark;
        this.tasks = tasks;
        this.commit = commit;
        this.marks = marks;
        exclusive = new Exclusive(spark);
    }

    /** Something that other threads tell the driver's. */
    private sealed interface Report {
        record JobEnded(Trial trial, Try<OnExecutor.Done> result) implements Report {}

        record LookUp() implements Report {}
    }

    @Override
    public void start() {
        spark.sc().addSparkListener(running);
    }

    @Override
    public void submit(Trial trial, boolean alone, double expectedSeconds) {
        spark.setLocalProperty(RunningTasks.TRIAL, trial.id());
        spark.setJobGroup(trial.variant(), "%s seed=%d".formatted(trial.variant(), trial.seed()), true);
        RDD<Trial> any = PreferredHosts.one(spark, trial, hosts.get());
        RDD<Trial> one = alone ? exclusive.of(any) : any;
        List<OnExecutor.Done> slot = new ArrayList<>(1);
        // Both run on Spark's scheduler thread, where an exception would kill the job and a wait would hold up all.
        Function2<Object, OnExecutor.Done, BoxedUnit> onResult = (partition, result) -> {
            slot.add(result);
            return BoxedUnit.UNIT;
        };
        Function0<OnExecutor.Done> whole = () -> slot.get(0);
        SimpleFutureAction<OnExecutor.Done> job = spark.sc()
                .submitJob(
                        one,
                        new OnExecutor(tasks.apply(trial), commit, marks, alone, expectedSeconds),
                        CollectionConverters.asScala(List.<Object>of(0)).toSeq(),
                        onResult,
                        whole);
        inFlight.put(trial.id(), job);
        job.onComplete(result -> reports.add(new Report.JobEnded(trial, result)), ExecutionContext.parasitic$.MODULE$);
    }

    @Override
    public void withdraw(Trial trial) {
        SimpleFutureAction<?> job = inFlight.get(trial.id());
        if (job != null && !TrialsHere.isRunning(trial.id())) {
            job.cancel();
        }
    }

    @Override
    public List<Event> next() throws InterruptedException {
        Report report = reports.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        List<Event> events = new ArrayList<>();
        // The job of a trial that hangs may fail later, if it comes back after all: the hang is the earlier of the two.
        for (TrialsHere.Hang hang : TrialsHere.takeHangs()) {
            if (inFlight.remove(hang.trial().id()) != null) {
                hanging++;
                events.add(new Event.TrialHangs(hang.trial(), hang.result()));
            }
        }
        if (report instanceof Report.JobEnded ended
                && inFlight.remove(ended.trial().id()) != null) {
            events.add(
                    ended.result().isSuccess()
                            ? ended(ended.trial(), ended.result().get())
                            : JobFailure.event(
                                    spark,
                                    ended.trial(),
                                    ended.result().failed().get()));
        }
        return events;
    }

    private Event ended(Trial trial, OnExecutor.Done done) {
        environments.put(done.worker(), done.result().environment());
        return new Event.TrialEnded(trial, done.result());
    }

    @Override
    public void wake() {
        reports.add(new Report.LookUp());
    }

    @Override
    public int placesAlone() {
        return exclusive.places();
    }

    /** Environment that other trials reported of that host, or what Spark knows of it. */
    @Override
    public Environment environmentOfDeath(Trial trial, String host) {
        Environment driver = Host.environment(
                "", trial.training().precision(), tasks.apply(trial).threads());
        Environment there = marks.isPresent() ? driver : environments.get(host);
        return new Environment(
                there == null ? host : there.host(),
                there == null ? "" : there.processor(),
                TaskDevice.unseen(spark.getConf()),
                driver.precision(),
                driver.threads(),
                driver.versions());
    }

    @Override
    public int running() {
        return marks.isPresent() ? TrialsHere.running() : running.count();
    }

    @Override
    public List<RunningTrial> runningTrials() {
        return running.running();
    }

    @Override
    public void stop() throws InterruptedException {
        try {
            if (inFlight.isEmpty()) {
                return;
            }
            inFlight.values().forEach(SimpleFutureAction::cancel);
            inFlight.clear();
            long deadline = System.currentTimeMillis() + STOP_PATIENCE_MILLIS;
            while ((running.count() > hanging || TrialsHere.running() > 0) && System.currentTimeMillis() < deadline) {
                Thread.sleep(20);
            }
        } finally {
            // Another job of this thread, or of one that it starts, is no trial.
            spark.setLocalProperty(RunningTasks.TRIAL, null);
            spark.sc().removeSparkListener(running);
        }
    }
}
