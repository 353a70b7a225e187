package dev.narrows.results;

import dev.narrows.family.Families;
import dev.narrows.trial.LatencyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/** The tables of facts in a results folder. Each is replaced whole, so a reader sees the old one or the new one. */
public final class Tables {
    private Tables() {}

    /**
     * Replaces {@code trials.parquet}, {@code epochs.parquet}, {@code latency.parquet} and {@code layers.parquet}.
     *
     * @param folder a path of any Hadoop file system; it is made where it is not there
     * @param added reasons for the trials beyond the plan, by their ids
     * @throws java.io.UncheckedIOException where a table cannot be written; the earlier one stays
     */
    public static void write(
            String folder,
            Configuration configuration,
            List<TrialRow> trials,
            Map<String, String> added,
            List<LatencyRow> latency,
            List<RejectedRow> rejections,
            List<LayerRow> layers) {
        RowFiles target = RowFiles.at(folder, configuration);
        List<TrialLine> lines = new ArrayList<>();
        trials.forEach(row -> lines.add(TrialLine.of(row, added.get(row.trialId()))));
        rejections.forEach(row -> lines.add(TrialLine.of(row)));
        replace(target, TrialColumns.table(Families.load().all(), lines), lines);
        List<EpochColumns.EpochOfTrial> epochs = new ArrayList<>();
        for (TrialRow trial : trials) {
            trial.result().epochs().forEach(epoch -> epochs.add(new EpochColumns.EpochOfTrial(trial, epoch)));
        }
        replace(target, EpochColumns.TABLE, epochs);
        replace(target, LatencyColumns.TABLE, latency);
        replace(target, LayerColumns.TABLE, layers);
    }

    static void remove(RowFiles files, Table<?> table) {
        files.folder().delete(table.name() + ".parquet");
    }

    static <R> void replace(RowFiles files, Table<R> table, List<R> rows) {
        MessageType type = table.type();
        Iterable<Group> groups =
                () -> rows.stream().map(row -> table.group(type, row)).iterator();
        files.write(table.name() + ".parquet", type, table.notes(), CompressionCodecName.ZSTD, groups);
    }
}
