package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.trial.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Reads of the public tables what the journal does not have. */
public final class PublicTables {
    private static final String TRIALS = "trials.parquet";
    private static final String LAYERS = LayerColumns.TABLE.name() + ".parquet";

    private final RowFiles files;
    private final List<String> names;

    private PublicTables(RowFiles files) {
        this.files = files;
        names = files.folder().names();
    }

    /** Those of a results folder, which may have none yet. */
    public static PublicTables open(String results, Configuration configuration) {
        return new PublicTables(RowFiles.at(results, configuration));
    }

    /** The variants that were rejected, in the order of the plan; their settings are left out. */
    public List<RejectedRow> rejections() {
        if (!names.contains(TRIALS)) {
            return List.of();
        }
        return files.read(TRIALS).stream()
                .map(Cells::new)
                .filter(cells -> cells.text("outcome").equals(Outcome.REJECTED.word()))
                .map(PublicTables::rejection)
                .toList();
    }

    private static RejectedRow rejection(Cells cells) {
        Long params = cells.numberOrNull("params");
        Cost cost = params == null
                ? null
                : new Cost(params, cells.number("macs"), cells.number("activations"), cells.integer("network_depth"));
        String message = cells.textOrNull("message");
        return new RejectedRow(
                cells.text("study"),
                cells.textOrNull("variant_id"),
                cells.text("variant"),
                cells.text("family"),
                new Settings(Map.of()),
                cost,
                message == null ? "" : message);
    }

    /** The label of each variant that the study has now, by its id, in the order of the plan. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        if (names.contains(LAYERS)) {
            files.read(LAYERS).stream()
                    .map(Cells::new)
                    .forEach(cells -> labels.putIfAbsent(cells.text("variant_id"), cells.text("variant")));
        }
        return labels;
    }
}
