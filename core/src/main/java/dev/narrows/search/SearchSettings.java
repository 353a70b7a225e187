package dev.narrows.search;

import dev.narrows.study.SearchSpec;
import java.util.Locale;

/**
 * The settings of a search.
 *
 * @param tolerance a member of the front beats every variant that costs no more by more than this quality
 * @param risk the expected number of members that may be lost
 * @param sample share of the variants that are trained first, drawn at random; 0 to 1, without 0
 * @param batch number of variants that are chosen at a time; as many slots are never idle
 * @param seeds number of seeds of each variant in the whole grid, whose mean is the quality that counts
 * @param epochs of a whole trial
 * @param choices number of choices of training settings that each variant may be trained with
 * @param stops true where a trial whose chance has become small stops before its end
 * @param seed of the sample and of the draws
 */
public record SearchSettings(
        double tolerance,
        double risk,
        double sample,
        int batch,
        int seeds,
        int epochs,
        int choices,
        boolean stops,
        long seed) {
    /** Trained variants that a model needs at least. */
    static final int LEAST_SAMPLE = 8;

    /** Share of the variants that are chosen at a time, where a study does not say it. */
    private static final double BATCH = 0.05;

    /** @throws IllegalArgumentException where a value is out of its range, with the value */
    public SearchSettings {
        notBelowZero("tolerance", tolerance);
        notBelowZero("risk", risk);
        if (!(sample > 0 && sample <= 1)) {
            throw refusal("sample", sample, "a number greater than 0 and at most 1");
        }
        atLeastOne("batch", batch);
        atLeastOne("seeds", seeds);
        atLeastOne("epochs", epochs);
        atLeastOne("choices", choices);
    }

    /** The defaults for a number of variants. */
    public static SearchSettings defaults(int variants, int epochs, long seed) {
        return of(SearchSpec.USUAL, variants, epochs, seed);
    }

    /** The settings of a study for a number of variants, of one seed each. */
    public static SearchSettings of(SearchSpec spec, int variants, int epochs, long seed) {
        int batch = spec.batch().orElse((int) Math.max(2, Math.round(BATCH * variants)));
        return new SearchSettings(
                spec.tolerance(), spec.risk(), spec.sample(), batch, 1, epochs, 1, spec.stops(), seed);
    }

    /** True where so many variants are too few for a sample and a model: all of them are trained. */
    public boolean isGrid(int variants) {
        return variants <= mostOfAGrid();
    }

    /** Number of variants up to which all are trained. */
    public int mostOfAGrid() {
        return LEAST_SAMPLE + batch;
    }

    /** Number of variants that are drawn at random, of so many: at least what a model needs, and a batch. */
    public int sampleSize(int variants) {
        return firstSample(variants) + Math.min(batch, variants - firstSample(variants));
    }

    /** Number of variants in the first batch. It must be enough for a model, as the third batch is chosen from it. */
    int firstSample(int variants) {
        return Math.max(LEAST_SAMPLE, (int) Math.ceil(sample * variants) - batch);
    }

    public SearchSettings withTolerance(double other) {
        return new SearchSettings(other, risk, sample, batch, seeds, epochs, choices, stops, seed);
    }

    public SearchSettings withRisk(double other) {
        return new SearchSettings(tolerance, other, sample, batch, seeds, epochs, choices, stops, seed);
    }

    public SearchSettings withSample(double other) {
        return new SearchSettings(tolerance, risk, other, batch, seeds, epochs, choices, stops, seed);
    }

    public SearchSettings withBatch(int other) {
        return new SearchSettings(tolerance, risk, sample, other, seeds, epochs, choices, stops, seed);
    }

    public SearchSettings withSeeds(int other) {
        return new SearchSettings(tolerance, risk, sample, batch, other, epochs, choices, stops, seed);
    }

    public SearchSettings withChoices(int other) {
        return new SearchSettings(tolerance, risk, sample, batch, seeds, epochs, other, stops, seed);
    }

    public SearchSettings withStops(boolean other) {
        return new SearchSettings(tolerance, risk, sample, batch, seeds, epochs, choices, other, seed);
    }

    public SearchSettings withSeed(long other) {
        return new SearchSettings(tolerance, risk, sample, batch, seeds, epochs, choices, stops, other);
    }

    private static void notBelowZero(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw refusal(name, value, "a number of at least 0");
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Cannot search with %s = %d: it must be a whole number of at least 1".formatted(name, value));
        }
    }

    private static IllegalArgumentException refusal(String name, double value, String range) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "Cannot search with %s = %s: it must be %s", name, value, range));
    }
}
