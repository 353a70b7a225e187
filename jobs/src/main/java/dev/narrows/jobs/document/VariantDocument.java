package dev.narrows.jobs.document;

import dev.narrows.results.Foretold;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.SearchRecords;
import dev.narrows.tradeoff.VariantSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Meaning("A variant with the means over its seeds, as in variants.parquet.")
public record VariantDocument(
        @Meaning("Hash of the network and its input.") String variantId,
        @Meaning("Readable label of what varies.") String variant,
        @Meaning("Family of blocks.") String family,
        @Meaning("Seeds with a completed trial.") int seeds,

        @Meaning("True on the Pareto front of the study's objectives; in narrows best, among the variants"
                + " of the ranking.")
        boolean onFront,

        @Meaning("Probability of being the best of the ranking of narrows best by quality, 0 to 1; null where"
                + " it is unknown, and in other commands.")
        @Nullable
        Double bestProbability,

        @Meaning("Standing in a search for the front: trained, open, paused or skipped; null where the whole grid is"
                + " trained, and in other commands than narrows run.")
        @Nullable
        String search,

        @Meaning("Chance of a variant that a search has not trained to be on the front within search.tolerance,"
                + " 0 to 1; else null.")
        @Nullable
        Double frontChance,

        @Meaning("Quality that it predicts, by the study's objective on quality, a share; else null.") @Nullable
        Double predictedQuality,

        @Meaning("Lower end of its 95 % interval.") @Nullable
        Double predictedQualityLow,

        @Meaning("Upper end of that interval.") @Nullable Double predictedQualityHigh,

        @Meaning("Each measure that the variant has, by the names of narrows measures.")
        Map<String, Number> measures,

        @Meaning("Each knob of its family, by the columns of the tables.")
        Map<String, @Nullable Object> knobs) {
    public VariantDocument {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        knobs = Collections.unmodifiableMap(new LinkedHashMap<>(knobs));
    }

    public static VariantDocument of(VariantSummary summary, boolean onFront, @Nullable Double bestProbability) {
        return of(summary, onFront, bestProbability, Optional.empty());
    }

    /** The variant with its standing in a search. */
    public static VariantDocument of(
            VariantSummary summary, boolean onFront, @Nullable Double bestProbability, Optional<SearchRecords> search) {
        Map<String, Number> measures = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            double value = summary.measure(measure);
            if (!Double.isNaN(value)) {
                measures.put(measure.word(), number(measure, value));
            }
        }
        Map<String, @Nullable Object> knobs = new LinkedHashMap<>();
        summary.settings().values().forEach((knob, value) -> knobs.put(Documents.column(knob), value));
        Optional<Foretold> foretold = search.flatMap(known -> known.foretold(summary.variantId()));
        return new VariantDocument(
                summary.variantId(),
                summary.label(),
                summary.family(),
                summary.chosen().size(),
                onFront,
                bestProbability,
                search.map(known -> known.standing(summary.variantId()).word()).orElse(null),
                foretold.map(Foretold::chance).orElse(null),
                foretold.map(Foretold::quality).orElse(null),
                foretold.map(Foretold::low).orElse(null),
                foretold.map(Foretold::high).orElse(null),
                measures,
                knobs);
    }

    /** Whole where the unit is. */
    private static Number number(Measure measure, double value) {
        return switch (measure.unit()) {
            case COUNT, BYTES -> Math.round(value);
            case SHARE, SECONDS, MICROS, RATE -> value;
        };
    }
}
