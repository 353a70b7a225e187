package dev.narrows.results;

import org.jspecify.annotations.Nullable;

/**
 * A prediction for a variant before it has a result.
 *
 * @param chance of being a member of the front
 * @param quality by the study's measure of quality, a share
 * @param low lower end of the 95 % interval
 * @param high upper end
 * @param rivalId the variant that costs no more and is predicted to be the best; null where nothing costs as little
 * @param rival its label
 */
public record Foretold(
        double chance,
        double quality,
        double low,
        double high,
        @Nullable String rivalId,
        @Nullable String rival) {}
