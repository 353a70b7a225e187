package dev.narrows.jobs.follow;

import com.google.gson.GsonBuilder;
import dev.narrows.jobs.report.StudyReport;
import dev.narrows.study.LatencySpec;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.trial.LatencyRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The results of a study as they were last read, with their page. Reading is rare enough to take a small share of the
 * time; a page is rendered when somebody asks for it.
 */
public final class FollowedStudy {
    /** Largest share of the time that goes into reading the results. */
    private static final double SHARE_OF_TIME = 0.1;

    private static final int MOST_RUNNING = 8;

    private final Supplier<StudyResults> source;
    private final Supplier<List<String>> runningTrials;
    private final long leastPauseNanos;
    private StudyResults results;
    private List<String> running = List.of();
    private String version = "";
    private String rendered = "";
    private @Nullable String page;
    private boolean seenRunning;
    private long nextAt;

    /**
     * @param source reads the results, with their study and its plan
     * @param runningTrials reads the labels of the running trials
     * @param leastPauseMillis least time between two readings
     */
    public FollowedStudy(Supplier<StudyResults> source, Supplier<List<String>> runningTrials, long leastPauseMillis) {
        this.source = source;
        this.runningTrials = runningTrials;
        leastPauseNanos = leastPauseMillis * 1_000_000;
        results = source.get();
        read(results);
        nextAt = System.nanoTime() + leastPauseNanos;
    }

    /**
     * Progress, for the page and for programs.
     *
     * @param version changes with every ended trial, latency and change of the driver
     * @param planned number of trials
     * @param running labels of running trials, those that run longest first
     * @param runningCount number of running trials
     * @param driver true while a driver runs the study
     * @param over true once the study has ended, so that nothing changes any more
     */
    record State(
            String version,
            int ended,
            int planned,
            List<String> running,
            int runningCount,
            boolean driver,
            boolean over,
            String words) {}

    /** Reads the results again, if the last reading is long enough ago. */
    public synchronized void refresh() {
        long start = System.nanoTime();
        if (start - nextAt >= 0) {
            read(source.get());
            long took = System.nanoTime() - start;
            nextAt = System.nanoTime() + Math.max(leastPauseNanos, (long) (took / SHARE_OF_TIME));
        }
    }

    private void read(StudyResults now) {
        results = now;
        running = now.source().running() ? List.copyOf(runningTrials.get()) : List.of();
        seenRunning |= now.source().running();
        version = "%d-%d-%d-%b"
                .formatted(
                        now.trials().size(),
                        now.latency().size(),
                        now.size(),
                        now.source().running());
    }

    /** True once the driver that ran the study has gone. */
    public synchronized boolean isOver() {
        return seenRunning && !results.source().running();
    }

    /** True if every trial has ended. */
    public synchronized boolean isComplete() {
        return results.trials().size() >= results.size();
    }

    /** Sentence on the progress of the study. */
    public synchronized String words() {
        String ended = "%,d of %,d trials have ended".formatted(results.trials().size(), results.size());
        if (results.source().running()) {
            return !running.isEmpty()
                    ? "%s, %,d running".formatted(ended, running.size())
                    : isComplete() ? "%s; the run goes on%s".formatted(ended, afterTrials()) : ended;
        }
        if (isComplete()) {
            return "%s: the study is complete".formatted(ended);
        }
        return seenRunning
                ? "%s: the study has stopped; narrows run continues it".formatted(ended)
                : "%s: no driver is running the study; the page follows once one does".formatted(ended);
    }

    /** The part of a run that follows the trials, as far as its results show it. */
    private String afterTrials() {
        boolean measures = results.study()
                .filter(study -> study.latency().of() != LatencySpec.Which.NONE)
                .isPresent();
        long measured =
                results.latency().stream().map(LatencyRow::variantId).distinct().count();
        return measures ? " with latency, measured for %,d variants so far".formatted(measured) : "";
    }

    synchronized String version() {
        return version;
    }

    /** The page of the present version. */
    synchronized String page() {
        String known = page;
        if (known == null || !Objects.equals(rendered, version)) {
            known = StudyReport.live(results, Instant.now(), version);
            page = known;
            rendered = version;
        }
        return known;
    }

    /** The progress as JSON. */
    synchronized String state() {
        return new GsonBuilder()
                .create()
                .toJson(new State(
                        version,
                        results.trials().size(),
                        results.size(),
                        running.stream().limit(MOST_RUNNING).toList(),
                        running.size(),
                        results.source().running(),
                        isOver(),
                        words()));
    }
}
