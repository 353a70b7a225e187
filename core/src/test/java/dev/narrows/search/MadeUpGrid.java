package dev.narrows.search;

import dev.narrows.cost.Cost;
import dev.narrows.data.random.Seeds;
import dev.narrows.family.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A grid of two made-up families with known qualities: wider and deeper is better, with diminishing returns, and each
 * trial has noise of its own. Training losses follow the quality.
 */
record MadeUpGrid(List<SearchCandidate> candidates, double[] truths, double[] qualities, List<List<Double>> losses) {
    static final int EPOCHS = 8;
    private static final double NOISE = 0.006;

    static MadeUpGrid of(long seed, int widths) {
        var gaussian = ZigguratSampler.NormalizedGaussian.of(Seeds.generator(seed, "made-up", 0));
        double tilt = 0.02 * gaussian.sample();
        List<SearchCandidate> candidates = new ArrayList<>();
        List<Double> truths = new ArrayList<>();
        List<Double> qualities = new ArrayList<>();
        List<List<Double>> losses = new ArrayList<>();
        for (String family : List.of("narrow", "wide")) {
            for (int width = 1; width <= widths; width++) {
                for (int depth = 1; depth <= 3; depth++) {
                    boolean wide = family.equals("wide");
                    long params = 100L * width * depth * (wide ? 3 : 1);
                    String label = "%s width=%d depth=%d".formatted(family, width, depth);
                    candidates.add(new SearchCandidate(
                            label.replace(' ', '-'),
                            label,
                            family,
                            new Settings(
                                    wide
                                            ? Map.of("width", width, "depth", depth)
                                            : Map.of("width", width, "depth", depth, "flat", depth > 1)),
                            new Cost(params, params * (4 - depth), params, depth),
                            List.of((double) params, (double) params * (4 - depth))));
                    double truth =
                            0.6 + 0.05 * Math.log(width) + 0.02 * depth + (wide ? tilt : 0) + 0.004 * gaussian.sample();
                    double quality = truth + NOISE * gaussian.sample();
                    List<Double> curve = new ArrayList<>();
                    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                        curve.add(Math.exp(-4 * quality) * (1 + 1.0 / epoch) * (1 + 0.002 * gaussian.sample()));
                    }
                    truths.add(truth);
                    qualities.add(quality);
                    losses.add(curve);
                }
            }
        }
        return new MadeUpGrid(
                candidates,
                truths.stream().mapToDouble(value -> value).toArray(),
                qualities.stream().mapToDouble(value -> value).toArray(),
                losses);
    }

    int size() {
        return candidates.size();
    }

    int index(String variantId) {
        for (int i = 0; i < size(); i++) {
            if (candidates.get(i).variantId().equals(variantId)) {
                return i;
            }
        }
        throw new IllegalArgumentException(variantId);
    }

    VariantProgress whole(String variantId) {
        int index = index(variantId);
        return VariantProgress.completed(losses.get(index), qualities[index]);
    }

    VariantProgress part(String variantId, int epochs) {
        return VariantProgress.underWay(losses.get(index(variantId)).subList(0, epochs));
    }

    /** The state at the end of a search in which whatever is open completes at once. */
    SearchState searched(SearchCourse course) {
        Map<String, VariantProgress> progress = new HashMap<>();
        SearchState standing = course.at(progress);
        while (!standing.over()) {
            standing.open().forEach(id -> progress.put(id, whole(id)));
            standing = course.at(progress);
        }
        return standing;
    }
}
