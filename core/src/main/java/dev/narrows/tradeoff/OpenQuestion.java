package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import java.util.List;
import java.util.Optional;

/**
 * A question that the results of a study leave open.
 *
 * @param about the kind of question
 * @param subject the label of a variant, or the change of an axis, such as {@code bottleneck: cardinality 4 against 1}
 * @param chance that the variant is on the front, 0 to 1; empty for a change of an axis
 * @param difference that is not settled: of the variant from its decisive rival, or the change's effect on quality;
 *     unknown while every variant has one seed
 * @param variants that need further seeds, all of them alike
 * @param settlement the further seeds of each of them
 */
public record OpenQuestion(
        About about,
        String subject,
        Optional<Double> chance,
        Difference difference,
        List<VariantSummary> variants,
        Settlement settlement) {
    public OpenQuestion {
        variants = List.copyOf(variants);
    }

    /** The kinds of questions. */
    public enum About {
        /** Membership of a variant in the Pareto front. */
        FRONT,
        /** Effect of an axis. */
        AXIS,
        /** Spread between seeds, which nothing tells while every variant has one seed. */
        SEEDS
    }

    /** True where a known number of further seeds settles it. */
    public boolean canBeSettled() {
        return settlement.furtherSeeds().isPresent();
    }

    /** Seconds in one slot for one more seed of every variant, by the trials that have ended. */
    public double secondsOfASeed() {
        return variants.stream().mapToDouble(OpenQuestion::secondsOf).sum();
    }

    /** Seconds in one slot until it is settled; infinite where no number of seeds is known to settle it. */
    public double seconds() {
        return settlement.furtherSeeds().map(seeds -> seeds * secondsOfASeed()).orElse(Double.POSITIVE_INFINITY);
    }

    /** A seed takes a trial for each choice of training settings. */
    static double secondsOf(VariantSummary variant) {
        double seconds = variant.trials().stream()
                .mapToDouble(row -> row.result().totalSeconds())
                .sum();
        long seeds =
                variant.trials().stream().mapToLong(TrialRow::seed).distinct().count();
        return seeds == 0 ? 0 : seconds / seeds;
    }
}
