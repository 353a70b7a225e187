package dev.narrows.space;

import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every point of a study's grids, in their order: what will be tried, what cannot, and what was there already. */
public record Plan(List<Variant> variants, List<Rejection> rejections, List<Repeat> repeats) {
    public Plan {
        variants = List.copyOf(variants);
        rejections = List.copyOf(rejections);
        repeats = List.copyOf(repeats);
    }

    /**
     * A trial for each variant, seed, choice of training settings and choice of data.
     *
     * @param fingerprints of the data of each choice
     * @param resolved precision that {@code AUTO} stands for on the processors of the trials
     * @throws IllegalArgumentException where a choice of data has no fingerprint
     */
    public List<Trial> trials(Study study, Map<DataSpec, String> fingerprints, Precision resolved) {
        // Two choices may become one when the precision is resolved.
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (DataSpec data : study.data()) {
            for (Variant variant : variants) {
                for (long seed : variant.seeds()) {
                    trialsOf(variant, seed, data, study, fingerprints, resolved)
                            .forEach(trial -> trials.put(trial.id(), trial));
                }
            }
        }
        return List.copyOf(trials.values());
    }

    /**
     * The trials of one variant, seed and choice of data, one for each choice of training settings. The seed need not
     * be one of the plan.
     *
     * @param fingerprints of the data of each choice
     * @param resolved precision that {@code AUTO} stands for on the processors of the trials
     * @throws IllegalArgumentException where the choice of data has no fingerprint
     */
    public static List<Trial> trialsOf(
            Variant variant,
            long seed,
            DataSpec data,
            Study study,
            Map<DataSpec, String> fingerprints,
            Precision resolved) {
        String fingerprint = fingerprints.get(data);
        if (fingerprint == null) {
            throw new IllegalArgumentException("Cannot name trials: %s has no fingerprint".formatted(data));
        }
        return study.training().stream()
                .map(training -> training.precision() == Precision.AUTO ? training.withPrecision(resolved) : training)
                .map(training -> variant.trial(
                        TrialId.of(variant.id(), training, fingerprint, seed), study.name(), seed, training, data))
                .toList();
    }
}
