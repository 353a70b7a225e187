package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.study.DataSpec;
import dev.narrows.trial.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan would cost, before anything runs.
 *
 * @param trials how many there are
 * @param seconds of wall time for all, without latency probes
 * @param memoryBytes of tensors, when the largest trials run at once; the program and its native library come on top
 * @param diskBytes of the journal and the tables
 */
public record PredictedCost(int trials, double seconds, long memoryBytes, long diskBytes) {
    /** A row of about a hundred columns with its Parquet footer, in the journal and once more in the tables. */
    private static final long BYTES_PER_TRIAL = 2 * 20_000;

    private static final long BYTES_PER_EPOCH = 2 * 100;

    /**
     * The cost of trials that share threads evenly: no sooner than the work divided by them, nor than the longest trial.
     *
     * @param images of each choice of data
     * @param atOnce trials that run side by side
     */
    public static PredictedCost of(
            List<Trial> trials, Map<DataSpec, TrainingRate.Images> images, TrainingRate rate, int atOnce) {
        Map<String, Cost> costs = new HashMap<>();
        double work = 0;
        double longest = 0;
        long disk = 0;
        Map<String, Long> memory = new HashMap<>();
        for (Trial trial : trials) {
            Cost cost = costs.computeIfAbsent(trial.variantId(), id -> Cost.of(trial.network(), trial.input()));
            TrainingRate.Images seen = images.get(trial.data());
            if (seen == null) {
                throw new IllegalArgumentException(
                        "Cannot predict: the images of %s are not counted".formatted(trial.data()));
            }
            double seconds = rate.seconds(cost, trial.training(), seen);
            work += seconds;
            longest = Math.max(longest, seconds);
            disk += BYTES_PER_TRIAL + BYTES_PER_EPOCH * trial.training().epochs() + seen.validation() / 4;
            memory.computeIfAbsent(
                    trial.variantId() + " " + TrainingStep.of(trial.training()),
                    key -> TrainingStep.of(trial.training()).bytes(trial.network(), trial.input()));
        }
        long largest = memory.values().stream()
                .sorted((one, other) -> Long.compare(other, one))
                .limit(atOnce)
                .mapToLong(bytes -> bytes)
                .sum();
        return new PredictedCost(trials.size(), Math.max(work / atOnce, longest), largest, disk);
    }
}
