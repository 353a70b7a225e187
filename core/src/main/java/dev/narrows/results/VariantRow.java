package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.study.Measure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of variants: the results of one of them over its seeds.
 *
 * @param variantId as in {@code trials}
 * @param variant label, unique within a study
 * @param trainImages of its trials; null where all are used, or none has ended
 * @param trials that have ended
 * @param measures means over seeds; a measure without a value is missing
 * @param accuracyDeviation standard deviation of the accuracy between seeds; null for fewer than two
 * @param front true on the Pareto front of the study's objectives
 * @param frontProbability null where it is unknown
 * @param bestProbability probability of being the best by quality; null where it is unknown
 * @param fromBest difference from the best variant; null for that one and where no variant has a quality
 * @param furtherSeeds that would settle whether it is on the front; null where unknown
 * @param furtherSeedsReason for an unknown number
 * @param search state of the variant in a search; null where the whole grid is trained
 * @param foretold the last prediction for a variant that a search has not trained; else null
 * @param latency median latency at the smallest batch size; null where it was not measured
 * @param relativeLatency 10th percentile there as a multiple of the reference kernel; null where it was not measured
 * @param unstableLatency null where no latency was measured
 */
public record VariantRow(
        String study,
        String variantId,
        String variant,
        String family,
        @Nullable Integer trainImages,
        int seeds,
        int trials,
        Map<Measure, Double> measures,
        Cost cost,
        @Nullable Double accuracyDeviation,
        boolean front,
        @Nullable Double frontProbability,
        @Nullable Double bestProbability,
        @Nullable MeasuredDifference fromBest,
        @Nullable Integer furtherSeeds,
        @Nullable String furtherSeedsReason,
        @Nullable String search,
        @Nullable Foretold foretold,
        @Nullable MeasuredLatency latency,
        @Nullable MeasuredLatency relativeLatency,
        @Nullable Boolean unstableLatency,
        Settings settings)
        implements Configured {
    public VariantRow {
        Map<Measure, Double> own = new EnumMap<>(Measure.class);
        own.putAll(measures);
        measures = Collections.unmodifiableMap(own);
    }
}
