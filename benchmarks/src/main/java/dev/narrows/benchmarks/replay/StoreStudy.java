package dev.narrows.benchmarks.replay;

import dev.narrows.results.Journal;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes the variants of a results folder that have every seed as a stored study: {@code StoreStudy RESULTS
 * FILE.jsonl.gz}.
 */
public final class StoreStudy {
    private StoreStudy() {}

    public static void main(String[] arguments) throws IOException {
        List<StoredTrial> trials = new ArrayList<>();
        Journal.open(arguments[0], new Configuration()).rows().stream()
                .filter(row -> row.result().finalValidationAccuracy() != null)
                .sorted(Comparator.comparing(TrialRow::variantId).thenComparing(TrialRow::seed))
                .forEach(row -> trials.add(stored(row)));
        int seeds =
                trials.stream()
                        .collect(Collectors.groupingBy(StoredTrial::variant, Collectors.counting()))
                        .values()
                        .stream()
                        .mapToInt(Long::intValue)
                        .max()
                        .orElse(0);
        List<StoredTrial> whole = trials.stream()
                .filter(trial -> seeds
                        == trials.stream()
                                .filter(other -> other.variant().equals(trial.variant()))
                                .count())
                .toList();
        StoredStudy.write(Path.of(arguments[1]), whole);
        System.out.printf(
                "%d trials of %d variants; %d trials of variants that lack a seed are left out%n",
                whole.size(), StoredStudy.of(arguments[1], whole).size(), trials.size() - whole.size());
    }

    private static StoredTrial stored(TrialRow row) {
        BitSet hits = row.result().validationHits();
        List<Epoch> epochs = row.result().epochs();
        return new StoredTrial(
                row.variantId(),
                row.variant(),
                row.family(),
                row.settings().values(),
                row.cost().params(),
                row.cost().macs(),
                row.cost().activations(),
                row.cost().depth(),
                row.seed(),
                epochs.stream().map(epoch -> rounded(epoch.trainLoss())).toList(),
                epochs.stream().map(Epoch::validationAccuracy).toList(),
                hits == null ? null : Base64.getEncoder().encodeToString(hits.toByteArray()));
    }

    /** Six digits are more than a loss tells. */
    private static double rounded(double loss) {
        return Double.isFinite(loss) ? Math.round(loss * 1e6) / 1e6 : loss;
    }
}
