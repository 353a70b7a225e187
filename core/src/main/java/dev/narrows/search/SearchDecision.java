package dev.narrows.search;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * One decision of a search.
 *
 * @param batch number of the batch that it belongs to, from 0
 * @param epoch after which a trial was looked at; empty where the decision is about a beginning
 * @param choices of training settings, from 0, with which the variant is trained; none where nothing begins
 * @param prediction for the variant; empty where it was drawn at random
 * @param ledger expected number of members among all that are left out or paused after it; empty without a model
 */
public record SearchDecision(
        String variantId,
        int batch,
        OptionalInt epoch,
        Set<Integer> choices,
        Optional<Prediction> prediction,
        Verdict verdict,
        OptionalDouble ledger) {
    public SearchDecision {
        choices = Collections.unmodifiableSet(new TreeSet<>(choices));
    }

    /** The content of a decision. */
    public enum Verdict {
        /** All variants are trained, as they are too few for a model. */
        GRID,
        /** Drawn at random. */
        SAMPLED,
        /** Among the likeliest members. */
        CHOSEN,
        /** Its trial goes on past this epoch. */
        GOES_ON,
        /** Its trial stops after this epoch. */
        PAUSED,
        /** Its trial, which had paused, goes on to its end. */
        RESUMED,
        /** The search is over without it. */
        LEFT_OUT;

        /** True where a trial begins, or begins again. */
        public boolean begins() {
            return switch (this) {
                case GRID, SAMPLED, CHOSEN, RESUMED -> true;
                case GOES_ON, PAUSED, LEFT_OUT -> false;
            };
        }

        /** As tables write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
