package dev.narrows.jobs.output;

import dev.narrows.results.TrialRow;
import dev.narrows.results.WeightsFolder;
import dev.narrows.study.KeepWeights;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.Set;
import java.util.stream.Collectors;

/** The trained weights that a study keeps when all of its trials have ended, from those that the run kept. */
public record KeptWeights(WeightsFolder weights) {
    public void prune(Study study, StudyResults results) {
        if (study.keepWeights() != KeepWeights.FRONT) {
            return;
        }
        Set<String> wanted = ParetoFront.of(results.summaries(), VariantSummary.criteria(study.objectives())).stream()
                .flatMap(summary -> summary.chosen().stream())
                .map(TrialRow::trialId)
                .collect(Collectors.toSet());
        weights.trialIds().stream().filter(id -> !wanted.contains(id)).forEach(weights::delete);
    }
}
