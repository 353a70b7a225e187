package dev.narrows.benchmarks.replay;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trial of a stored study, one line of its file.
 *
 * @param losses mean training loss of each epoch
 * @param accuracies validation accuracy after each epoch
 * @param hits one bit per validation image with the final weights, in Base64; null where it is unknown
 */
record StoredTrial(
        String variant,
        String label,
        String family,
        Map<String, @Nullable Object> settings,
        long params,
        long macs,
        long activations,
        int depth,
        long seed,
        List<Double> losses,
        List<Double> accuracies,
        @Nullable String hits) {}
