package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.trial.Outcome;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the trials table: an ended trial, or a variant that was rejected.
 *
 * @param trial null for a rejected variant
 */
record TrialLine(
        String study,
        @Nullable String variantId,
        String variant,
        String family,
        Settings settings,
        @Nullable Cost cost,
        Outcome outcome,
        @Nullable String message,
        @Nullable TrialRow trial) {
    static TrialLine of(TrialRow row) {
        return new TrialLine(
                row.study(),
                row.variantId(),
                row.variant(),
                row.family(),
                row.settings(),
                row.cost(),
                row.outcome(),
                row.result().message(),
                row);
    }

    static TrialLine of(RejectedRow row) {
        return new TrialLine(
                row.study(),
                row.variantId(),
                row.variant(),
                row.family(),
                row.settings(),
                row.cost(),
                Outcome.REJECTED,
                row.message(),
                null);
    }

    @Nullable
    Object ofTrial(Function<TrialRow, @Nullable Object> part) {
        return trial == null ? null : part.apply(trial);
    }

    @Nullable
    Object ofCost(Function<Cost, Object> part) {
        return cost == null ? null : part.apply(cost);
    }
}
