package dev.narrows.space;

import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialId;
import java.util.ArrayList;
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
        List<Training> trainings = new ArrayList<>();
        for (Training training : study.training()) {
            trainings.add(training.precision() == Precision.AUTO ? training.withPrecision(resolved) : training);
        }
        // Two choices may become one when the precision is resolved.
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (DataSpec data : study.data()) {
            String fingerprint = fingerprints.get(data);
            if (fingerprint == null) {
                throw new IllegalArgumentException("Cannot name trials: %s has no fingerprint".formatted(data));
            }
            for (Variant variant : variants) {
                for (long seed : variant.seeds()) {
                    for (Training training : trainings) {
                        String id = TrialId.of(variant.id(), training, fingerprint, seed);
                        trials.put(id, variant.trial(id, study.name(), seed, training, data));
                    }
                }
            }
        }
        return List.copyOf(trials.values());
    }
}
