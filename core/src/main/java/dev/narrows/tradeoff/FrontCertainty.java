package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Probability of each variant to be on the Pareto front: the share of bootstrap resamples of the study, over validation
 * images and seeds, in which it is. Only the measure of quality is resampled; costs are exact, and latencies are as
 * measured, but equal where they differ by no more than noise.
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

    static FrontCertainty of(
            List<VariantSummary> summaries, List<Objective> objectives, Measure quality, SeedVariance seeds) {
        Optional<String> reason = objectives.stream()
                .map(Objective::measure)
                .filter(measure -> measure.isQuality() && measure != quality)
                .findFirst()
                .map(measure ->
                        "the certainty of %s is not known, only that of %s".formatted(measure.label(), quality.label()))
                .or(() -> Redraws.reason(summaries, quality, seeds));
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
        Redraws redraws = Redraws.of(measured, quality, seeds);
        int[] times = timesOnFront(redraws, objectives, quality);
        Map<String, Double> probabilities = new HashMap<>();
        for (int v = 0; v < times.length; v++) {
            probabilities.put(redraws.variants().get(v).id(), (double) times[v] / redraws.size());
        }
        return new FrontCertainty(probabilities, Optional.empty());
    }

    /** Number of resamples in which each variant is on the front. */
    private static int[] timesOnFront(Redraws redraws, List<Objective> objectives, Measure quality) {
        List<VariantSummary> variants = redraws.variants();
        Map<Boolean, List<Objective>> resampled =
                objectives.stream().collect(Collectors.partitioningBy(objective -> objective.measure() == quality));
        List<Objective> exact = resampled.getOrDefault(false, List.of());
        List<Objective> drawn = resampled.getOrDefault(true, List.of());
        List<double[]> costs = exact.isEmpty()
                ? variants.stream().map(variant -> new double[0]).toList()
                : ParetoFront.losses(variants, VariantSummary.criteria(exact));
        // A front is the same in any order of candidates and criteria. In the order of their costs, with the quality
        // after them, the candidates of each resample are all but sorted.
        int[] order = IntStream.range(0, variants.size())
                .boxed()
                .sorted((one, other) -> Arrays.compare(costs.get(one), costs.get(other)))
                .mapToInt(Integer::intValue)
                .toArray();
        AtomicIntegerArray times = new AtomicIntegerArray(variants.size());
        IntStream.range(0, redraws.size()).parallel().forEach(draw -> {
            float[] qualities = redraws.draw(draw);
            List<double[]> losses = new ArrayList<>(order.length);
            for (int v : order) {
                double[] own = Arrays.copyOf(costs.get(v), objectives.size());
                for (int o = 0; o < drawn.size(); o++) {
                    own[exact.size() + o] = new Criterion<Integer>(
                                    of -> qualities[of], drawn.get(o).direction())
                            .loss(v);
                }
                losses.add(own);
            }
            ParetoFront.of(losses).stream().forEach(place -> times.incrementAndGet(order[place]));
        });
        return IntStream.range(0, times.length()).map(times::get).toArray();
    }
}
