package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.FLAG;
import static dev.narrows.results.ColumnType.INSTANT;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.LONG;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuConditions;
import dev.narrows.trial.LatencyRow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of {@code latency}. */
final class LatencyColumns {
    private static final ColumnList<LatencyRow> LIST = new ColumnList<>();

    private static final StoredColumn<LatencyRow, String> VARIANT_ID =
            LIST.required("variant_id", TEXT, "The variant, as in trials.", LatencyRow::variantId);
    private static final StoredColumn<LatencyRow, String> VARIANT =
            LIST.required("variant", TEXT, "Readable label of what varies.", LatencyRow::variant);

    static {
        environment(EnvironmentColumns.DEVICE);
        environment(EnvironmentColumns.PRECISION);
        environment(EnvironmentColumns.THREADS);
    }

    private static final StoredColumn<LatencyRow, Integer> BATCH_SIZE =
            LIST.required("batch_size", INTEGER, "Images per call.", LatencyRow::batchSize);
    private static final StoredColumn<LatencyRow, Double> P50 =
            LIST.required("latency_p50_us", DECIMAL, "Median of a call, in microseconds.", LatencyRow::p50Micros);
    private static final StoredColumn<LatencyRow, Double> P90 = LIST.required(
            "latency_p90_us", DECIMAL, "90th percentile of a call, in microseconds.", LatencyRow::p90Micros);
    private static final StoredColumn<LatencyRow, Double> P99 = LIST.required(
            "latency_p99_us", DECIMAL, "99th percentile of a call, in microseconds.", LatencyRow::p99Micros);
    private static final StoredColumn<LatencyRow, Double> IQR = LIST.required(
            "latency_iqr_us", DECIMAL, "Interquartile range of a call, in microseconds.", LatencyRow::iqrMicros);
    private static final StoredColumn<LatencyRow, Boolean> UNSTABLE = LIST.required(
            "unstable",
            FLAG,
            "True where the interquartile range exceeds a tenth of the median, or gpu_disturbance says something.",
            LatencyRow::unstable);
    private static final StoredColumn<LatencyRow, String> RUNTIME = LIST.required(
            "runtime",
            TEXT,
            "Runtime of the network: torch (the engine that trains it) or onnx (ONNX Runtime).",
            row -> row.runtime().name().toLowerCase(Locale.ROOT));
    private static final StoredColumn<LatencyRow, Double> IMAGES_PER_SECOND = LIST.required(
            "images_per_second",
            DECIMAL,
            "Throughput: batch_size by latency_p50_us; that of a large batch is what a server can do.",
            LatencyRow::imagesPerSecond);
    private static final StoredColumn<LatencyRow, Long> SAMPLES =
            LIST.required("samples", LONG, "Calls measured, after the warm-up.", LatencyRow::samples);
    private static final StoredColumn<LatencyRow, Double> REFERENCE = LIST.required(
            "reference_us",
            DECIMAL,
            "Median of a fixed kernel measured beside it, in microseconds.",
            LatencyRow::referenceMicros);
    private static final StoredColumn<LatencyRow, Double> P10 = LIST.optional(
            "latency_p10_us",
            DECIMAL,
            "10th percentile of a call, in microseconds: its time on a quiet host, which repeats better"
                    + " than the median.",
            LatencyRow::p10Micros);
    private static final StoredColumn<LatencyRow, Double> RELATIVE = LIST.optional(
            "latency_relative",
            DECIMAL,
            "latency_p10_us as a multiple of the fixed kernel's 10th percentile over the whole pass: by it"
                    + " runs and hosts compare.",
            LatencyRow::relative);

    static {
        environment(EnvironmentColumns.HOST);
        environment(EnvironmentColumns.PROCESSOR);
        EnvironmentColumns.OF_GPU.forEach(LatencyColumns::environment);
    }

    private static final StoredColumn<LatencyRow, Integer> GPU_CLOCK = LIST.optional(
            "gpu_clock_mhz",
            INTEGER,
            "Lowest clock of the GPU's multiprocessors right after calls, in MHz; null where it could not be read.",
            row -> row.conditions() == null ? null : row.conditions().clockMhz());
    private static final StoredColumn<LatencyRow, String> GPU_DISTURBANCE = LIST.optional(
            "gpu_disturbance",
            TEXT,
            "Other processes that used the GPU meanwhile, and reasons for which it lowered its clock; null"
                    + " where there were none, or none could be read.",
            LatencyColumns::disturbance);

    static {
        environment(EnvironmentColumns.VERSIONS);
        LIST.required("schema_version", INTEGER, "Version of this schema.", row -> Table.SCHEMA_VERSION);
    }

    private static final StoredColumn<LatencyRow, Long> STARTED_AT =
            LIST.required("started_at", INSTANT, "Start of the probe.", LatencyRow::startedAt);

    static final Table<LatencyRow> TABLE = new Table<>(
            "latency",
            "One row for each variant, runtime and batch size on each kind of device: the network as it"
                    + " would be deployed, with batch norms folded.",
            LIST.list());

    private LatencyColumns() {}

    private static @Nullable String disturbance(LatencyRow row) {
        GpuConditions conditions = row.conditions();
        return conditions == null || conditions.disturbance().isEmpty() ? null : conditions.disturbance();
    }

    private static void environment(StoredColumn<Environment, ?> column) {
        LIST.stored(column.column().of(LatencyRow::environment));
    }

    /** A latency from its cells. */
    static LatencyRow read(StoredCells cells) {
        double median = P50.of(cells);
        int batchSize = BATCH_SIZE.of(cells);
        return new LatencyRow(
                VARIANT_ID.of(cells),
                VARIANT.of(cells),
                StoredCells.constant(RUNTIME.or(cells, "torch"), LatencyRuntime.class),
                batchSize,
                SAMPLES.of(cells),
                P10.orNull(cells),
                median,
                P90.of(cells),
                P99.of(cells),
                IQR.of(cells),
                UNSTABLE.of(cells),
                IMAGES_PER_SECOND.or(cells, batchSize / median * 1e6),
                REFERENCE.of(cells),
                RELATIVE.orNull(cells),
                EnvironmentColumns.read(cells),
                GpuConditions.known(GPU_CLOCK.orNull(cells), GPU_DISTURBANCE.or(cells, "")),
                STARTED_AT.of(cells));
    }
}
