package dev.narrows.results;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table of a search: one of its decisions.
 *
 * @param batch number of the batch that it belongs to, from 1
 * @param epoch after which a trial was looked at; null where the decision is about a beginning
 * @param choices number of choices of training settings with which the variant is trained; null where nothing begins
 * @param decision in a word, {@code left-out} for one
 * @param foretold prediction from which it was made; null where the variant was drawn at random
 * @param ledger expected number of members of the front among all that are left out after it; null without a model
 */
public record SearchRow(
        String study,
        String variantId,
        String variant,
        int batch,
        @Nullable Integer epoch,
        @Nullable Integer choices,
        String decision,
        @Nullable Foretold foretold,
        @Nullable Double ledger) {}
