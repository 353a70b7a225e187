package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Resumption;
import dev.narrows.trial.TrialResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the trials table, an ended trial or a variant that was rejected; or in the journal, also one of a trial that
 * has not ended.
 *
 * @param outcome null for a trial that has not ended
 * @param trial null for a rejected variant
 * @param result null for a rejected variant, and for a trial that has not ended
 * @param added reason for a trial beyond the plan; null for one of the plan, and for a rejected variant
 */
record TrialLine(
        String study,
        @Nullable String variantId,
        String variant,
        String family,
        Settings settings,
        @Nullable Cost cost,
        @Nullable Outcome outcome,
        @Nullable String message,
        @Nullable TrialDescription trial,
        @Nullable TrialResult result,
        @Nullable String added)
        implements Configured {
    static TrialLine of(TrialRow row) {
        return of(row, null);
    }

    /** The row of a trial that was added for a reason; null for one of the plan. */
    static TrialLine of(TrialRow row, @Nullable String added) {
        return of(row.trial(), row.result(), added);
    }

    /** A trial that has not ended. */
    static TrialLine of(TrialDescription trial) {
        return of(trial, null, null);
    }

    private static TrialLine of(TrialDescription trial, @Nullable TrialResult result, @Nullable String added) {
        return new TrialLine(
                trial.study(),
                trial.variantId(),
                trial.variant(),
                trial.family(),
                trial.settings(),
                trial.cost(),
                result == null ? null : result.outcome(),
                result == null ? null : result.message(),
                trial,
                result,
                added);
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
                null,
                null,
                null);
    }

    <T> @Nullable T ofTrial(Function<TrialDescription, @Nullable T> part) {
        return trial == null ? null : part.apply(trial);
    }

    <T> @Nullable T ofResult(Function<TrialResult, @Nullable T> part) {
        return result == null ? null : part.apply(result);
    }

    /** Of a trial of which an earlier attempt had left a checkpoint. */
    <T> @Nullable T ofResumption(Function<Resumption, @Nullable T> part) {
        Resumption resumption = ofResult(TrialResult::resumption);
        return resumption == null ? null : part.apply(resumption);
    }

    <T> @Nullable T ofRow(Function<TrialRow, @Nullable T> part) {
        return trial == null || result == null ? null : part.apply(new TrialRow(trial, result));
    }

    <T> @Nullable T ofCost(Function<Cost, T> part) {
        return cost == null ? null : part.apply(cost);
    }
}
