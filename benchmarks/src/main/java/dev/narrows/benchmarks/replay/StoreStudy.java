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
import org.apache.hadoop.conf.Configuration;

/** Writes the completed trials of a results folder as a stored study: {@code StoreStudy RESULTS FILE.jsonl.gz}. */
public final class StoreStudy {
    private StoreStudy() {}

    public static void main(String[] arguments) throws IOException {
        List<StoredTrial> trials = new ArrayList<>();
        Journal.open(arguments[0], new Configuration()).rows().stream()
                .filter(row -> row.result().finalValidationAccuracy() != null)
                .sorted(Comparator.comparing(TrialRow::variantId).thenComparing(TrialRow::seed))
                .forEach(row -> trials.add(stored(row)));
        StoredStudy.write(Path.of(arguments[1]), trials);
        System.out.printf(
                "%d trials of %d variants%n",
                trials.size(), StoredStudy.of(arguments[1], trials).size());
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
