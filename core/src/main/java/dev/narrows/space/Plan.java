package dev.narrows.space;

import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.trial.Trial;
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
     * @param resolved what {@code AUTO} means where the trials run
     */
    public List<Trial> trials(Study study, Map<DataSpec, String> fingerprints, Precision resolved) {
        return List.of();
    }
}
