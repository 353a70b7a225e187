package dev.narrows.results;

import dev.narrows.family.Families;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The tables of conclusions in a results folder, which others compute from the facts. Each is replaced whole. */
public final class DerivedTables {
    private DerivedTables() {}

    /**
     * Replaces {@code variants.parquet}, {@code effects.parquet} and {@code pairs.parquet}, and {@code search.parquet}
     * of a study that is searched; one that is trained whole has none.
     *
     * @param folder a path of any Hadoop file system; it is made where it is not there
     * @throws java.io.UncheckedIOException where a table cannot be written; the earlier one stays
     */
    public static void write(
            String folder,
            Configuration configuration,
            List<VariantRow> variants,
            List<EffectRow> effects,
            List<PairRow> pairs,
            List<SearchRow> search) {
        RowFiles target = RowFiles.at(folder, configuration);
        Tables.replace(target, VariantColumns.table(Families.load().all(), variants), variants);
        Tables.replace(target, EffectColumns.TABLE, effects);
        Tables.replace(target, PairColumns.TABLE, pairs);
        if (search.isEmpty()) {
            Tables.remove(target, SearchColumns.TABLE);
        } else {
            Tables.replace(target, SearchColumns.TABLE, search);
        }
    }
}
