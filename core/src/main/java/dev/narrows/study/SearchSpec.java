package dev.narrows.study;

import java.util.Optional;

/**
 * The settings of a search for the front, which leaves most of the grid untrained.
 *
 * @param tolerance a member of the front beats every variant that costs no more by more than this quality, a share
 * @param risk the expected number of members that may be lost
 * @param sample share of the variants that are trained first, drawn at random
 * @param batch number of variants that are chosen at a time; empty for a twentieth of the grid
 * @param stops true where a trial pauses once its chance has become small
 */
public record SearchSpec(double tolerance, double risk, double sample, Optional<Integer> batch, boolean stops) {
    /** The defaults of {@code reference.conf}, for a search without a study file. */
    public static final SearchSpec USUAL = new SearchSpec(0.005, 0.5, 0.15, Optional.empty(), false);
}
