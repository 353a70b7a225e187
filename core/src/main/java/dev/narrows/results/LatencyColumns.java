package dev.narrows.results;

import static dev.narrows.results.Kind.DECIMAL;
import static dev.narrows.results.Kind.FLAG;
import static dev.narrows.results.Kind.INSTANT;
import static dev.narrows.results.Kind.INTEGER;
import static dev.narrows.results.Kind.LONG;
import static dev.narrows.results.Kind.TEXT;

import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.Locale;

/** The columns of {@code latency}. */
final class LatencyColumns {
    private LatencyColumns() {}

    static final Table<LatencyRow> TABLE = new Table<>(
            "latency",
            "One row for each variant, runtime and batch size on each kind of device: the network as it would be deployed, with batch norms folded.",
            List.of(
                    Column.required("variant_id", TEXT, "The variant, as in trials.", LatencyRow::variantId),
                    Column.required("variant", TEXT, "Readable label of what varies.", LatencyRow::variant),
                    Column.required(
                            "device",
                            TEXT,
                            "cpu, or gpu: and its address.",
                            row -> row.place().device()),
                    Column.required(
                            "precision",
                            TEXT,
                            "What it was computed in: fp32, bf16 or fp16.",
                            row -> row.place().precision()),
                    Column.required(
                            "threads",
                            INTEGER,
                            "Threads of the engine inside one operation.",
                            row -> row.place().threads()),
                    Column.required("batch_size", INTEGER, "Images a call.", LatencyRow::batchSize),
                    Column.required(
                            "latency_p50_us", DECIMAL, "Median of a call, in microseconds.", LatencyRow::p50Micros),
                    Column.required(
                            "latency_p90_us",
                            DECIMAL,
                            "90th percentile of a call, in microseconds.",
                            LatencyRow::p90Micros),
                    Column.required(
                            "latency_p99_us",
                            DECIMAL,
                            "99th percentile of a call, in microseconds.",
                            LatencyRow::p99Micros),
                    Column.required(
                            "latency_iqr_us",
                            DECIMAL,
                            "Interquartile range of a call, in microseconds.",
                            LatencyRow::iqrMicros),
                    Column.required(
                            "unstable",
                            FLAG,
                            "Whether the interquartile range exceeds a tenth of the median.",
                            LatencyRow::unstable),
                    Column.required(
                            "runtime",
                            TEXT,
                            "What the network ran in: torch (the engine that trains it) or onnx (ONNX Runtime).",
                            row -> row.runtime().name().toLowerCase(Locale.ROOT)),
                    Column.required(
                            "images_per_second",
                            DECIMAL,
                            "Throughput: batch_size by latency_p50_us; that of a large batch is what a server can do.",
                            LatencyRow::imagesPerSecond),
                    Column.required("samples", LONG, "Calls measured, after the warm-up.", LatencyRow::samples),
                    Column.required(
                            "reference_us",
                            DECIMAL,
                            "Median of a fixed kernel measured beside it, in microseconds.",
                            LatencyRow::referenceMicros),
                    Column.optional(
                            "latency_p10_us",
                            DECIMAL,
                            "10th percentile of a call, in microseconds: what it takes while neighbours of the host are quiet, which repeats better than the median.",
                            LatencyRow::p10Micros),
                    Column.optional(
                            "latency_relative",
                            DECIMAL,
                            "latency_p10_us as a multiple of the fixed kernel's 10th percentile over the whole pass: by it runs and hosts compare.",
                            LatencyRow::relative),
                    Column.required(
                            "host",
                            TEXT,
                            "Name of the host that it ran on.",
                            row -> row.place().host()),
                    Column.required(
                            "processor",
                            TEXT,
                            "Name of that host's processor.",
                            row -> row.place().processor()),
                    Column.required(
                            "versions",
                            TEXT,
                            "Versions of all that computed it, as name=version pairs between semicolons.",
                            row -> row.place().versions()),
                    Column.required("schema_version", INTEGER, "Version of this schema.", row -> Table.SCHEMA_VERSION),
                    Column.required("started_at", INSTANT, "When the probe began.", LatencyRow::startedAt)));
}
