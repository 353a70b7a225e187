package dev.narrows.results;

import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;

/** The public tables of a results folder, read again: for what the journal does not have, and where there is none. */
public final class PublicTables {
    private static final String END = ".parquet";
    private static final String TRIALS = "trials" + END;
    private static final String EPOCHS = EpochColumns.TABLE.name() + END;
    private static final String LATENCY = LatencyColumns.TABLE.name() + END;
    private static final String LAYERS = LayerColumns.TABLE.name() + END;

    private final RowFiles files;
    private final List<String> names;

    private PublicTables(RowFiles files) {
        this.files = files;
        names = files.folder().names();
    }

    /** The tables of a results folder, which may have none yet. */
    public static PublicTables open(String results, Configuration configuration) {
        return new PublicTables(RowFiles.at(results, configuration));
    }

    /** True where ended trials can be read from them. */
    public boolean haveTrials() {
        return names.contains(TRIALS);
    }

    /**
     * The ended trials, with their learning curves where there is a table of epochs; rejected variants are left out.
     * Precisions that were asked for as {@code auto} are what they came to.
     */
    public List<TrialRow> trials() {
        Map<String, List<Group>> epochs = new HashMap<>();
        for (Group epoch : read(EPOCHS)) {
            epochs.computeIfAbsent(epoch.getString("trial_id", 0), id -> new ArrayList<>())
                    .add(epoch);
        }
        PublicRows rows = new PublicRows();
        return read(TRIALS).stream()
                .filter(row -> !row.getString("outcome", 0).equals(Outcome.REJECTED.word()))
                .map(row -> rows.trial(row, epochs.getOrDefault(row.getString("trial_id", 0), List.of())))
                .toList();
    }

    /** Every latency. */
    public List<LatencyRow> latency() {
        return read(LATENCY).stream().map(JournalRows::latency).toList();
    }

    /** The label of each variant that the study has now, by its id, in the order of the plan. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        read(LAYERS).stream()
                .map(StoredCells::new)
                .forEach(cells -> labels.putIfAbsent(cells.text("variant_id"), cells.text("variant")));
        return labels;
    }

    private List<Group> read(String table) {
        return names.contains(table) ? files.read(table) : List.of();
    }
}
