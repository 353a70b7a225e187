package dev.narrows.jobs.report;

import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.LatencyRow;
import java.time.Instant;
import java.util.List;

/**
 * What a report is made of: a study and its results, as far as they are.
 *
 * @param plan every variant of the study, and what was rejected
 * @param trials how many trials the study has, ended or not
 * @param ended the rows of those that have ended
 * @param running whether a driver is at it
 * @param studyFile what a person would name to run it again
 * @param folder where its results lie
 * @param writtenAt when these were the results
 */
public record Material(
        Study study,
        Plan plan,
        int trials,
        List<TrialRow> ended,
        List<LatencyRow> latency,
        boolean running,
        String studyFile,
        String folder,
        Instant writtenAt) {
    public Material {
        ended = List.copyOf(ended);
        latency = List.copyOf(latency);
    }

    /** One a variant of the plan, in its order. */
    List<VariantSummary> summaries() {
        return VariantSummary.of(plan.variants(), ended, latency);
    }
}
