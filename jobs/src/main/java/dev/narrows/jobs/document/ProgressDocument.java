package dev.narrows.jobs.document;

import org.jspecify.annotations.Nullable;

@Meaning("One line of narrows run --progress json, on standard error; lines of other kinds begin with"
        + " another character than {.")
public record ProgressDocument(
        @Meaning("Pass of the run: training or latency.") String pass,

        @Meaning("Trials or probes that have ended in this run.")
        int done,

        @Meaning("Trials or probes of this run.") int total,
        @Meaning("Those that run now.") int running,
        @Meaning("Those that failed.") int failed,

        @Meaning("Epochs that have ended in this run, also of running trials in this process; 0 for latency.")
        long epochsDone,

        @Meaning("Epochs of this run; 0 for latency.") long epochs,

        @Meaning("Best value so far of the study's measure of quality, 0 to 1; null where there is none.") @Nullable
        Double best,

        @Meaning("Predicted seconds until the pass ends; null where unknown.") @Nullable
        Double secondsLeft) {}
