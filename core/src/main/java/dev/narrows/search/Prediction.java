package dev.narrows.search;

import java.util.Optional;

/**
 * The model's view of one variant.
 *
 * @param chance to be a member of the front, 0 to 1
 * @param quality predicted, the mean over its seeds
 * @param lower end of the interval that holds it with 95 %
 * @param upper end of that interval
 * @param rival variant that costs no more in anything and is predicted to be the best of these; empty if there is none
 */
public record Prediction(double chance, double quality, double lower, double upper, Optional<String> rival) {}
