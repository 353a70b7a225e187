package dev.narrows.jobs.preflight;

import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.plan.Forecast;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/**
 * Time and space of the trials that are still to run. Times of ended trials correct the forecast and narrow
 * its range.
 */
public final class TimeFindings {
    private final PlannedStudy planned;
    private final List<Trial> trials;
    private final ResultsFindings results;

    /** @param trials of the study, also those that have ended */
    public TimeFindings(PlannedStudy planned, List<Trial> trials, ResultsFindings results) {
        this.planned = planned;
        this.trials = trials;
        this.results = results;
    }

    /**
     * The fact in one sentence: on the slots of this process, or on one slot where executors are not known yet.
     *
     * @param place of the trials
     */
    public Finding fact(ComputePlace place) {
        Study study = planned.study();
        SparkConf conf = Cluster.conf(study.name(), place, study.threads());
        boolean here = MachineFindings.isHere(conf);
        int slots =
                place.gpus().map(WorkstationGpus::slots).orElseGet(() -> here ? Cluster.slotsHere(study.threads()) : 1);
        String where = place.gpus()
                .map(WorkstationGpus::named)
                .orElseGet(() -> here ? "this machine" : conf.get("spark.master") + " (others share the time)");
        List<Trial> missing = trials.stream()
                .filter(trial -> !results.ended().contains(trial.id()))
                .toList();
        ToDoubleFunction<Trial> predicted = planned.secondsByTrial();
        Forecast.Total total = Forecast.of(planned, missing, predicted);
        if (planned.device().isGpu()) {
            return onGpus(missing, total, slots);
        }
        Backlog.Remaining range = range(predicted);
        // The range is one of the sum; the longest trial bounds the wall time in the same proportion.
        double scale = total.seconds() > 0 ? total.wallSeconds(slots) / total.seconds() : 0;
        double low = range.low() * scale;
        double high = range.high() * scale;
        double latency = study.latency().of() == LatencySpec.Which.NONE || missing.isEmpty()
                ? 0
                : Forecast.latencySeconds(planned.plan().variants().size(), study.latency());
        return Finding.fact(
                Topic.TIME,
                "%s to run%s: about %s on %s of %s, then %s of latency; up to %s of memory per trial, %s"
                        .formatted(
                                counted(missing),
                                precisions(missing),
                                Numbers.duration(low, high),
                                Numbers.counted(slots, "slot"),
                                where,
                                Numbers.duration(latency),
                                Numbers.bytes(total.memoryBytes()),
                                disk(missing, slots)),
                Map.of(
                        "trials",
                        (long) missing.size(),
                        "seconds_low",
                        Math.round(low),
                        "seconds_high",
                        Math.round(high),
                        "seconds_latency",
                        Math.round(latency),
                        "slots",
                        (long) slots,
                        "memory",
                        total.memoryBytes(),
                        "disk",
                        Forecast.diskBytes(missing.size())));
    }

    private Finding onGpus(List<Trial> missing, Forecast.Total total, int slots) {
        return Finding.fact(
                Topic.TIME,
                ("%s to run%s: up to %s of a GPU's memory per trial, %s; how long they take is"
                                + " known once the first have ended")
                        .formatted(
                                counted(missing),
                                precisions(missing),
                                Numbers.bytes(total.memoryBytes()),
                                disk(missing, slots)),
                Map.of(
                        "trials",
                        (long) missing.size(),
                        "memory",
                        total.memoryBytes(),
                        "disk",
                        Forecast.diskBytes(missing.size())));
    }

    private String counted(List<Trial> missing) {
        String trials = Numbers.counted(missing.size(), "trial");
        return planned.study().search().isPresent() ? "at most " + trials : trials;
    }

    private String disk(List<Trial> missing, int slots) {
        String rows = Numbers.bytes(Forecast.diskBytes(missing.size())) + " on disk";
        long checkpoints = Forecast.checkpointBytes(planned, missing, slots);
        return checkpoints == 0
                ? rows
                : "%s and up to %s of checkpoints while they run%s"
                        .formatted(
                                rows,
                                Numbers.bytes(checkpoints),
                                Forecast.keepsPaused(planned) ? " or are paused" : "");
    }

    private Backlog.Remaining range(ToDoubleFunction<Trial> predicted) {
        Backlog backlog = new Backlog(trials, predicted);
        Map<String, Double> seconds = new HashMap<>();
        results.rows().stream()
                .filter(row -> row.outcome() == Outcome.COMPLETED)
                .forEach(row -> seconds.put(row.trialId(), row.result().totalSeconds()));
        for (Trial trial : trials) {
            if (results.ended().contains(trial.id())) {
                Double took = seconds.get(trial.id());
                backlog.ended(trial, took == null ? OptionalDouble.empty() : OptionalDouble.of(took));
            }
        }
        return backlog.remaining();
    }

    /** The precisions of the trials, marked where this processor decides them; empty where all trials have run. */
    private String precisions(List<Trial> missing) {
        String each = missing.stream()
                .map(trial -> trial.training().precision().name().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(" and "));
        boolean open = planned.study().training().stream().anyMatch(t -> t.precision() == Precision.AUTO);
        return each.isEmpty()
                ? ""
                : " in " + each
                        + (open
                                ? " (auto: chosen for %s)"
                                        .formatted(planned.device().text())
                                : "");
    }
}
