package dev.narrows.results;

import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.LONG;
import static dev.narrows.results.ColumnType.TEXT;

import java.util.List;

/** The columns of {@code layers}. */
final class LayerColumns {
    private LayerColumns() {}

    static final Table<LayerRow> TABLE = new Table<>(
            "layers",
            "One row for each layer of each variant that computes something; those of a variant add up to"
                    + " its costs in trials.",
            List.of(
                    Column.required("variant_id", TEXT, "The variant, as in trials.", LayerRow::variantId),
                    Column.required("variant", TEXT, "Readable label of what varies.", LayerRow::variant),
                    Column.required(
                            "position", INTEGER, "Counted from 0 in the order of the network.", LayerRow::position),
                    Column.required(
                            "block",
                            TEXT,
                            "Path of the blocks around it.",
                            row -> row.cost().block()),
                    Column.required(
                            "layer",
                            TEXT,
                            "Type of the layer.",
                            row -> row.cost().layer()),
                    Column.required(
                            "output_channels",
                            INTEGER,
                            "Channels of its output.",
                            row -> row.cost().output().channels()),
                    Column.required(
                            "output_height",
                            INTEGER,
                            "Height of its output.",
                            row -> row.cost().output().height()),
                    Column.required(
                            "output_width",
                            INTEGER,
                            "Width of its output.",
                            row -> row.cost().output().width()),
                    Column.required(
                            "params",
                            LONG,
                            "Trainable scalars.",
                            row -> row.cost().params()),
                    Column.required(
                            "macs",
                            LONG,
                            "Multiply-accumulates of a convolution or linear layer for one input; else 0.",
                            row -> row.cost().macs()),
                    Column.required(
                            "activations",
                            LONG,
                            "Elements of its output, where it is a convolution; else 0.",
                            row -> row.cost().activations())));
}
