package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.TEXT;

import java.util.ArrayList;
import java.util.List;

/** The columns of {@code search}. */
final class SearchColumns {
    private SearchColumns() {}

    static final Table<SearchRow> TABLE = table();

    private static Table<SearchRow> table() {
        List<Column<SearchRow>> columns = new ArrayList<>(List.of(
                Column.required("study", TEXT, "Name of the study.", SearchRow::study),
                Column.required("variant_id", TEXT, "The variant, as in variants.", SearchRow::variantId),
                Column.required("variant", TEXT, "Its label.", SearchRow::variant),
                Column.required("batch", INTEGER, "Number of the batch, from 1.", SearchRow::batch),
                Column.optional(
                        "epoch",
                        INTEGER,
                        "Epoch after which the trial was looked at; null where it was about to begin.",
                        SearchRow::epoch),
                Column.optional(
                        "training_choices",
                        INTEGER,
                        "Number of choices of training settings that the variant is trained with: those that are"
                                + " seldom the best are left out; null where nothing begins.",
                        SearchRow::choices),
                Column.required(
                        "decision",
                        TEXT,
                        "sampled (drawn at random), chosen (among the likeliest members of the front), grid (there"
                                + " are too few variants to search), goes-on or paused (its trial, after this epoch),"
                                + " resumed (its trial goes on after a pause), or left-out (the search ended without"
                                + " it).",
                        SearchRow::decision),
                ForetoldColumns.column(
                        "chance",
                        DECIMAL,
                        "Chance that the variant beats, by more than search.tolerance, every variant that costs no"
                                + " more, 0 to 1; null where it was drawn at random.",
                        SearchRow::foretold,
                        Foretold::chance)));
        columns.addAll(ForetoldColumns.quality(
                "Predicted final quality, by the study's objective on quality: the mean over the seeds"
                        + " that the whole grid would have, a share.",
                SearchRow::foretold));
        columns.addAll(List.of(
                ForetoldColumns.column(
                        "rival_id",
                        TEXT,
                        "The variant that costs no more in anything and was predicted to be the best; null where"
                                + " nothing costs as little.",
                        SearchRow::foretold,
                        Foretold::rivalId),
                ForetoldColumns.column("rival", TEXT, "Its label.", SearchRow::foretold, Foretold::rival),
                Column.optional(
                        "ledger",
                        DECIMAL,
                        "Expected number of members of the front among all variants that are left out after this"
                                + " decision; null before there is a model.",
                        SearchRow::ledger),
                Column.required("schema_version", INTEGER, "Version of this schema.", row -> Table.SCHEMA_VERSION)));
        return new Table<>(
                "search",
                "One row for each decision of a search for the front, in their order; a study that trains its whole"
                        + " grid has no such table.",
                columns);
    }
}
