package dev.narrows.results;

import org.jspecify.annotations.Nullable;

/**
 * A difference in quality in the derived tables, with its certainty.
 *
 * @param value null where a variant has no quality
 * @param low lower end of the 95 % interval; null where there is none
 * @param high upper end
 * @param imagesError standard error from the validation images
 * @param seedsError standard error from the seeds
 * @param seeds in common
 * @param images of validation; null where unknown
 * @param reason for a missing interval
 * @param furtherSeeds of each variant that would settle it, 0 where it is settled; null where unknown
 * @param furtherSeedsReason for an unknown number
 */
public record MeasuredDifference(
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        boolean settled,
        @Nullable Double imagesError,
        @Nullable Double seedsError,
        int seeds,
        @Nullable Integer images,
        @Nullable String reason,
        @Nullable Integer furtherSeeds,
        @Nullable String furtherSeedsReason) {}
