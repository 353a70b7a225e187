package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Probability of each variant to be on the Pareto front: the share of bootstrap resamples of the study, over validation
 * images and seeds, in which it is. Only accuracy is resampled; costs are exact, and latencies are as measured, but
 * equal where they differ by no more than noise.
 *
 * @param probabilities 0 to 1, by the ids of the variants that have every measure; empty if unknown
 * @param reason for unknown probabilities, as the end of a sentence
 */
public record FrontCertainty(Map<String, Double> probabilities, Optional<String> reason) {
    public FrontCertainty {
        probabilities = Map.copyOf(probabilities);
    }

    /** Probability of one variant; empty if it lacks a measure or is unknown. */
    public OptionalDouble of(VariantSummary summary) {
        Double probability = probabilities.get(summary.id());
        return probability == null ? OptionalDouble.empty() : OptionalDouble.of(probability);
    }

    static FrontCertainty of(List<VariantSummary> summaries, List<Objective> objectives, SeedVariance seeds) {
        Optional<String> reason = objectives.stream()
                .map(Objective::measure)
                .filter(measure -> measure.isQuality() && measure != Measure.VALIDATION_ACCURACY)
                .findFirst()
                .map(measure -> "the certainty of %s is not known, only that of accuracy".formatted(measure))
                .or(() -> Redraws.reason(summaries, seeds));
        if (reason.isPresent()) {
            return new FrontCertainty(Map.of(), reason);
        }
        List<VariantSummary> measured = summaries.stream()
                .filter(summary ->
                        objectives.stream().noneMatch(objective -> Double.isNaN(summary.measure(objective.measure()))))
                .toList();
        if (measured.isEmpty()) {
            return new FrontCertainty(Map.of(), Optional.of("no variant has every measure that the study chooses by"));
        }
        Redraws redraws = Redraws.of(measured, seeds);
        int variants = redraws.variants().size();
        double[][] values = new double[objectives.size()][variants];
        for (int o = 0; o < objectives.size(); o++) {
            for (int v = 0; v < variants; v++) {
                values[o][v] =
                        redraws.variants().get(v).comparable(objectives.get(o).measure());
            }
        }
        List<Integer> all = IntStream.range(0, variants).boxed().toList();
        int[] times = new int[variants];
        for (int d = 0; d < redraws.size(); d++) {
            float[] accuracies = redraws.draw(d);
            List<Criterion<Integer>> criteria = IntStream.range(0, objectives.size())
                    .mapToObj(o -> new Criterion<Integer>(
                            objectives.get(o).measure() == Measure.VALIDATION_ACCURACY
                                    ? v -> accuracies[v]
                                    : v -> values[o][v],
                            objectives.get(o).direction()))
                    .toList();
            ParetoFront.of(all, criteria).forEach(v -> times[v]++);
        }
        Map<String, Double> probabilities = new HashMap<>();
        for (int v = 0; v < variants; v++) {
            probabilities.put(redraws.variants().get(v).id(), (double) times[v] / redraws.size());
        }
        return new FrontCertainty(probabilities, Optional.empty());
    }
}
