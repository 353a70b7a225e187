package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import dev.narrows.trial.Trial;
import java.util.List;

/**
 * One network of a study.
 *
 * @param id hash of the canonical network and its input
 * @param label readable name of what varies: {@code bottleneck mid-ratio=0.25 cardinality=4}
 * @param seeds of the trials that it is to have
 */
public record Variant(
        String id,
        String label,
        String family,
        Settings settings,
        Layer network,
        Shape input,
        int classes,
        Cost cost,
        List<Long> seeds)
        implements Planned {
    public Variant {
        seeds = List.copyOf(seeds);
    }

    /** The seed of its first trial, the only one that a search begins with. */
    public long firstSeed() {
        return seeds.get(0);
    }

    Variant withSeeds(List<Long> others) {
        return new Variant(id, label, family, settings, network, input, classes, cost, others);
    }

    /** This network to be trained once. */
    Trial trial(String trialId, String study, long seed, Training training, DataSpec data) {
        return new Trial(trialId, id, study, label, family, settings, network, input, classes, seed, training, data);
    }
}
