package dev.narrows.jobs.fanout;

import dev.narrows.engine.Host;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Place;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
 * Spreads trials over Spark's slots: one job a trial on an RDD of its own (on a shared one, a poison takes the others'
 * jobs down with it), a window of jobs in flight, the longest predicted first.
 *
 * <p>The executor keeps a row the moment its trial ends; the driver only hears of it. A trial whose process died is a
 * suspect and runs again alone, after all others.
 */
public final class FanOut {
    private static final long CANCEL_PATIENCE_MILLIS = 20_000;
    private static final long LOOK_FOR_HANGS_MILLIS = 500;

    private final JavaSparkContext spark;
    private final TrialTask task;
    private final Commit commit;
    private final Suspects suspects;
    private final Optional<StartedMarks> marks;
    private final IntSupplier window;
    private final Function<Trial, Optional<TrialResult>> kept;
    private final Exclusive exclusive;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<String, SimpleFutureAction<?>> inFlight = new HashMap<>();
    private final Map<String, Trial> trials = new HashMap<>();
    private final Deque<Trial> quarantine = new ArrayDeque<>();
    private final Deque<Trial> again = new ArrayDeque<>();
    private final RunningTasks tasks = new RunningTasks();
    private final Map<String, Place> places = new HashMap<>();
    private volatile boolean cancelled;

    /**
     * @param marks where trials leave word that they run; given where they share this process
     * @param window how many jobs may be in flight: more than there are slots, so that none waits for the driver
     * @param kept the result of a trial whose row this run has kept: an executor may die between keeping it and saying so
     */
    public FanOut(
            JavaSparkContext spark,
            TrialTask task,
            Commit commit,
            Suspects suspects,
            Optional<StartedMarks> marks,
            IntSupplier window,
            Function<Trial, Optional<TrialResult>> kept) {
        this.spark = spark;
        this.task = task;
        this.commit = commit;
        this.suspects = suspects;
        this.marks = marks;
        this.window = window;
        this.kept = kept;
        exclusive = new Exclusive(spark);
    }

    /** What Spark's threads tell the driver's. */
    private sealed interface Event {
        record Ended(Trial trial, Try<OnExecutor.Done> result) implements Event {}

        record Cancel() implements Event {}
    }

    /**
     * Runs every trial of the backlog to its end, or until {@link #cancel()}.
     *
     * @param onEnd hears of every trial whose row is kept, on the calling thread
     * @throws FanOutException where the study cannot go on
     * @throws HungException where it can only go on in another process
     */
    public void run(Backlog backlog, BiConsumer<Trial, TrialResult> onEnd) throws InterruptedException {
        spark.sc().addSparkListener(tasks);
        try {
            together(backlog, onEnd);
            alone(backlog, onEnd);
        } finally {
            cancelAll();
            spark.sc().removeSparkListener(tasks);
        }
    }

    /** The cores of each executor that is there now, of which a trial's threads are a part. */
    public static List<Integer> executorCores(JavaSparkContext spark) {
        return Exclusive.executorCores(spark);
    }

    /** Ends what runs within a batch; may be called from any thread. */
    public void cancel() {
        cancelled = true;
        events.add(new Event.Cancel());
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** Trials that run at this moment. */
    public int running() {
        return marks.isPresent() ? OnExecutor.runningHere().size() : tasks.count();
    }

    /** Which these are, a moment late. */
    public List<RunningTrial> runningTrials() {
        return tasks.running();
    }

    private void together(Backlog backlog, BiConsumer<Trial, TrialResult> onEnd) throws InterruptedException {
        while (!cancelled) {
            while (inFlight.size() < window.getAsInt()) {
                Optional<Trial> next = again.isEmpty() ? backlog.next() : Optional.of(again.remove());
                if (next.isEmpty()) {
                    break;
                }
                if (suspects.contains(next.get().id())) {
                    quarantine.add(next.get());
                } else {
                    submit(next.get(), false, backlog);
                }
            }
            if (inFlight.isEmpty()) {
                return;
            }
            take(false, onEnd);
        }
    }

    /** Whose process dies now has only itself to blame, for nothing of the study shares it. */
    private void alone(Backlog backlog, BiConsumer<Trial, TrialResult> onEnd) throws InterruptedException {
        quarantine.addAll(again);
        while (!cancelled && !(quarantine.isEmpty() && inFlight.isEmpty())) {
            while (!quarantine.isEmpty() && inFlight.size() < exclusive.places()) {
                Trial suspect = quarantine.remove();
                Optional<Suspects.Verdict> verdict = suspects.verdict(suspect.id());
                if (verdict.isPresent()) {
                    crashed(suspect, verdict.get(), onEnd);
                } else {
                    submit(suspect, true, backlog);
                }
            }
            if (!inFlight.isEmpty()) {
                take(true, onEnd);
            }
        }
    }

    private void submit(Trial trial, boolean alone, Backlog backlog) {
        spark.setLocalProperty(RunningTasks.TRIAL, trial.id());
        spark.setJobGroup(trial.variant(), "%s seed=%d".formatted(trial.variant(), trial.seed()), true);
        RDD<Trial> any = spark.parallelize(List.of(trial), 1).rdd();
        RDD<Trial> one = alone ? exclusive.of(any) : any;
        List<OnExecutor.Done> slot = new ArrayList<>(1);
        // Both run on Spark's scheduler thread, where an exception would kill the job and a wait would hold up all.
        Function2<Object, OnExecutor.Done, BoxedUnit> onResult = (partition, result) -> {
            slot.add(result);
            return BoxedUnit.UNIT;
        };
        Function0<OnExecutor.Done> whole = () -> slot.get(0);
        SimpleFutureAction<OnExecutor.Done> action = spark.sc()
                .submitJob(
                        one,
                        new OnExecutor(task, commit, marks, alone, backlog.seconds(trial)),
                        CollectionConverters.asScala(List.<Object>of(0)).toSeq(),
                        onResult,
                        whole);
        inFlight.put(trial.id(), action);
        trials.put(trial.id(), trial);
        action.onComplete(result -> events.add(new Event.Ended(trial, result)), ExecutionContext.parasitic$.MODULE$);
    }

    private void take(boolean alone, BiConsumer<Trial, TrialResult> onEnd) throws InterruptedException {
        Event event = events.poll(LOOK_FOR_HANGS_MILLIS, TimeUnit.MILLISECONDS);
        if (!HangWatch.HERE.isEmpty()) {
            giveUp(onEnd);
        }
        if (!(event instanceof Event.Ended ended)
                || inFlight.remove(ended.trial().id()) == null) {
            return;
        }
        Trial trial = ended.trial();
        if (ended.result().isSuccess()) {
            end(trial, heard(ended.result().get()), onEnd);
            return;
        }
        Throwable failure = ended.result().failed().get();
        if (spark.sc().isStopped()) {
            throw new FanOutException("Cannot go on: Spark at %s has gone".formatted(spark.master()), failure);
        }
        String message = String.valueOf(failure.getMessage());
        Optional<Death> death = Death.of(message);
        if (death.isPresent()) {
            Optional<TrialResult> result = kept.apply(trial);
            if (result.isPresent()) {
                end(trial, result.get(), onEnd);
            } else {
                lost(trial, alone, death.get());
            }
        } else if (!cancelled) {
            Optional<String> unfit = UnfitException.toldBy(message);
            if (unfit.isPresent()) {
                throw FanOutException.unfit(
                        "Cannot run trials at %s: %s".formatted(spark.master(), unfit.get()), failure);
            }
            throw new FanOutException(
                    "Cannot run %s seed=%d: %s".formatted(trial.variant(), trial.seed(), reason(message)), failure);
        }
    }

    private TrialResult heard(OnExecutor.Done done) {
        places.put(done.worker(), done.result().place());
        return done.result();
    }

    private void end(Trial trial, TrialResult result, BiConsumer<Trial, TrialResult> onEnd) {
        trials.remove(trial.id());
        suspects.clear(trial.id());
        onEnd.accept(trial, result);
    }

    private void lost(Trial trial, boolean alone, Death death) {
        if (alone) {
            if (!death.isAsked()) {
                suspects.died(trial.id(), true, death.cause());
            }
            quarantine.add(trial);
        } else if (death.isHang() || death.isAsked()) {
            again.add(trial);
        } else {
            suspects.died(trial.id(), false, death.cause());
            quarantine.add(trial);
        }
    }

    /**
     * Trials hang in this very process: what else runs in it may end, what only waits for a slot may not wait for theirs.
     */
    private void giveUp(BiConsumer<Trial, TrialResult> onEnd) throws InterruptedException {
        Set<String> told = new HashSet<>();
        while (!cancelled) {
            HangWatch.HERE.forEach((id, result) -> {
                Trial trial = trials.get(id);
                if (trial != null && told.add(id)) {
                    inFlight.remove(id);
                    end(trial, result, onEnd);
                }
            });
            Set<String> busy = new HashSet<>(OnExecutor.runningHere());
            busy.removeAll(told);
            List<String> waiting =
                    inFlight.keySet().stream().filter(id -> !busy.contains(id)).toList();
            if (busy.isEmpty()) {
                break;
            }
            for (Event event = events.poll(LOOK_FOR_HANGS_MILLIS, TimeUnit.MILLISECONDS);
                    event != null;
                    event = events.poll()) {
                if (event instanceof Event.Ended ended
                        && inFlight.remove(ended.trial().id()) != null
                        && ended.result().isSuccess()) {
                    end(ended.trial(), heard(ended.result().get()), onEnd);
                }
            }
            waiting.stream().map(inFlight::remove).filter(Objects::nonNull).forEach(SimpleFutureAction::cancel);
        }
        throw new HungException(told.size());
    }

    private void crashed(Trial trial, Suspects.Verdict verdict, BiConsumer<Trial, TrialResult> onEnd) {
        TrialResult result = TrialResult.bare(
                trial.id(), Outcome.CRASHED, verdict.message(), place(trial, verdict), System.currentTimeMillis(), 0);
        try {
            commit.row(trial, result);
        } catch (IOException e) {
            throw new FanOutException("Cannot keep the row of %s: %s".formatted(trial.variant(), e), e);
        }
        end(trial, result, onEnd);
    }

    /** Where a trial died: what other trials told of that host, else only what Spark knows. */
    private Place place(Trial trial, Suspects.Verdict verdict) {
        Place driver = Host.place("", trial.training().precision(), task.threads());
        Place there = marks.isPresent() ? driver : places.get(verdict.host());
        return new Place(
                there == null ? verdict.host() : there.host(),
                there == null ? "" : there.processor(),
                spark.getConf().contains(Exclusive.GPUS_A_TASK) ? "" : "cpu",
                driver.precision(),
                driver.threads(),
                driver.versions());
    }

    /** Leaves no task running behind, as far as native code listens. */
    private void cancelAll() throws InterruptedException {
        if (inFlight.isEmpty()) {
            return;
        }
        inFlight.values().forEach(SimpleFutureAction::cancel);
        inFlight.clear();
        long deadline = System.currentTimeMillis() + CANCEL_PATIENCE_MILLIS;
        while (Math.max(tasks.count(), OnExecutor.runningHere().size()) > HangWatch.HERE.size()
                && System.currentTimeMillis() < deadline) {
            Thread.sleep(20);
        }
    }

    /** Spark's message holds the driver's whole stack trace and says the reason in its first lines. */
    private static String reason(String message) {
        String first = message.lines()
                .takeWhile(line -> !line.strip().startsWith("at ") && !line.startsWith("Driver stacktrace"))
                .filter(line -> !line.isBlank())
                .reduce((one, other) -> one + " " + other)
                .orElse(message);
        int caused = message.lastIndexOf("Caused by: ");
        if (caused < 0) {
            return first;
        }
        return message.substring(caused + "Caused by: ".length())
                .lines()
                .findFirst()
                .orElse(first);
    }
}
