package dev.narrows.results;

import static dev.narrows.results.Kind.INTEGER;
import static dev.narrows.results.Kind.LONG;
import static dev.narrows.results.Kind.TEXT;

import java.util.List;

/** The columns of {@code layers}. */
final class LayerColumns {
    private LayerColumns() {}

    static final Table<LayerRow> TABLE = new Table<>(
            "layers",
            "One row for each layer of each variant.",
            List.of(
                    Column.required("variant_id", TEXT, "The variant, as in trials.", LayerRow::variantId),
                    Column.required("variant", TEXT, "Readable label of what varies.", LayerRow::variant),
                    Column.required(
                            "position", INTEGER, "Counted from 0 in the order of the network.", LayerRow::position),
                    Column.required("block", TEXT, "Path of the blocks around it.", LayerRow::block),
                    Column.required("layer", TEXT, "What it is.", LayerRow::layer),
                    Column.required(
                            "input_channels",
                            INTEGER,
                            "Channels of its input.",
                            row -> row.input().channels()),
                    Column.required(
                            "input_height",
                            INTEGER,
                            "Height of its input.",
                            row -> row.input().height()),
                    Column.required(
                            "input_width",
                            INTEGER,
                            "Width of its input.",
                            row -> row.input().width()),
                    Column.required(
                            "output_channels",
                            INTEGER,
                            "Channels of its output.",
                            row -> row.output().channels()),
                    Column.required(
                            "output_height",
                            INTEGER,
                            "Height of its output.",
                            row -> row.output().height()),
                    Column.required(
                            "output_width",
                            INTEGER,
                            "Width of its output.",
                            row -> row.output().width()),
                    Column.required("params", LONG, "Trainable scalars.", LayerRow::params),
                    Column.required("macs", LONG, "Multiply-accumulates for one input.", LayerRow::macs),
                    Column.required(
                            "activations",
                            LONG,
                            "Elements of its output, where it is a convolution; else 0.",
                            LayerRow::activations)));
}
