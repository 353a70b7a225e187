package dev.narrows.jobs.report;

import dev.narrows.results.TrialRow;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Overlap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Learning curves of the trials that represent a variant.
 *
 * @param variant its place among the variants
 * @param bands by measure of an epoch
 */
record Curves(int variant, Map<String, SeedBand> bands) {
    /**
     * A measure over the seeds, one entry per epoch.
     *
     * @param low the least of them; null where there is one
     */
    record SeedBand(
            List<Double> mean,
            @Nullable List<Double> low,
            @Nullable List<Double> high) {}

    private static final Map<String, Function<Epoch, @Nullable Double>> MEASURES = measures();

    private static Map<String, Function<Epoch, @Nullable Double>> measures() {
        Map<String, Function<Epoch, @Nullable Double>> measures = new LinkedHashMap<>();
        measures.put("validation_mean_iou", epoch -> overlap(epoch, Overlap::meanIou));
        measures.put("validation_dice", epoch -> overlap(epoch, Overlap::dice));
        measures.put("validation_accuracy", Epoch::validationAccuracy);
        measures.put("train_accuracy", Epoch::trainAccuracy);
        measures.put("validation_loss", Epoch::validationLoss);
        measures.put("train_loss", Epoch::trainLoss);
        measures.put("first_layer_gradient_norm", Epoch::firstLayerGradientNorm);
        return measures;
    }

    private static @Nullable Double overlap(Epoch epoch, Function<Overlap, Double> part) {
        Overlap overlap = epoch.validationOverlap();
        return overlap == null ? null : part.apply(overlap);
    }

    static List<Curves> of(List<VariantSummary> summaries) {
        List<Curves> curves = new ArrayList<>();
        for (int i = 0; i < summaries.size(); i++) {
            Map<String, SeedBand> bands = bands(summaries.get(i).chosen());
            if (!bands.isEmpty()) {
                curves.add(new Curves(i, bands));
            }
        }
        return curves;
    }

    private static Map<String, SeedBand> bands(List<TrialRow> trials) {
        Map<String, SeedBand> bands = new LinkedHashMap<>();
        int epochs = trials.stream()
                .mapToInt(row -> row.result().epochs().size())
                .max()
                .orElse(0);
        MEASURES.forEach((name, measure) -> {
            List<Double> mean = new ArrayList<>();
            List<Double> low = new ArrayList<>();
            List<Double> high = new ArrayList<>();
            for (int epoch = 0; epoch < epochs; epoch++) {
                double[] values = values(trials, epoch, measure);
                if (values.length == 0) {
                    return;
                }
                mean.add(java.util.Arrays.stream(values).average().orElseThrow());
                low.add(java.util.Arrays.stream(values).min().orElseThrow());
                high.add(java.util.Arrays.stream(values).max().orElseThrow());
            }
            if (!mean.isEmpty()) {
                bands.put(name, trials.size() > 1 ? new SeedBand(mean, low, high) : new SeedBand(mean, null, null));
            }
        });
        return bands;
    }

    private static double[] values(List<TrialRow> trials, int epoch, Function<Epoch, @Nullable Double> measure) {
        return trials.stream()
                .map(row -> row.result().epochs())
                .filter(epochs -> epoch < epochs.size())
                .flatMap(epochs -> Stream.ofNullable(measure.apply(epochs.get(epoch))))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
