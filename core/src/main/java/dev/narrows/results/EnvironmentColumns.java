package dev.narrows.results;

import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuEnvironment;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of the environment that a trial or a probe ran in; several tables have them. */
final class EnvironmentColumns {
    private static final ColumnList<Environment> LIST = new ColumnList<>();

    static final StoredColumn<Environment, String> PRECISION = LIST.required(
            "precision", TEXT, "Precision of the computation: fp32, bf16 or fp16.", Environment::precision);
    static final StoredColumn<Environment, Integer> THREADS =
            LIST.required("threads", INTEGER, "Intra-op threads of the engine.", Environment::threads);
    static final StoredColumn<Environment, String> DEVICE =
            LIST.required("device", TEXT, "cpu, or gpu: and its address.", Environment::device);
    static final StoredColumn<Environment, String> HOST =
            LIST.required("host", TEXT, "Name of the host that it ran on.", Environment::host);
    static final StoredColumn<Environment, String> PROCESSOR =
            LIST.required("processor", TEXT, "Name of that host's processor.", Environment::processor);
    static final StoredColumn<Environment, String> VERSIONS = LIST.required(
            "versions",
            TEXT,
            "Versions of the software that computed it, as name=version pairs separated by semicolons.",
            Environment::versions);

    static final StoredColumn<Environment, String> GPU = gpu(
            "gpu",
            "Model of the GPU that it ran on; null on a processor, as are the next four.",
            GpuEnvironment::model);
    static final StoredColumn<Environment, String> COMPUTE_CAPABILITY = gpu(
            "compute_capability", "Compute capability of that GPU, such as 9.0.", GpuEnvironment::computeCapability);
    static final StoredColumn<Environment, String> GPU_DRIVER =
            gpu("gpu_driver", "Version of NVIDIA's driver there.", GpuEnvironment::driver);
    static final StoredColumn<Environment, String> CUDA =
            gpu("cuda", "Version of the engine's CUDA runtime there.", GpuEnvironment::cuda);
    static final StoredColumn<Environment, String> CUDNN =
            gpu("cudnn", "Version of the engine's cuDNN there.", GpuEnvironment::cudnn);

    /** The columns of a GPU, in the order in which tables have them. */
    static final List<StoredColumn<Environment, String>> OF_GPU =
            List.of(GPU, COMPUTE_CAPABILITY, GPU_DRIVER, CUDA, CUDNN);

    private EnvironmentColumns() {}

    private static StoredColumn<Environment, String> gpu(
            String name, String meaning, Function<GpuEnvironment, String> value) {
        return LIST.optional(name, TEXT, meaning, environment -> {
            GpuEnvironment gpu = environment.gpu();
            String text = gpu == null ? "" : value.apply(gpu);
            return text.isEmpty() ? null : text;
        });
    }

    /** A column of a trial's environment; null where it is not known, as of a trial whose process died. */
    static Column<TrialLine> ofTrial(StoredColumn<Environment, ?> column) {
        return ofTrial(column, column.column().meaning());
    }

    static Column<TrialLine> ofTrial(StoredColumn<Environment, ?> column, String meaning) {
        Column<Environment> environment = column.column();
        return Column.optional(
                environment.name(),
                environment.type(),
                meaning,
                line -> line.ofResult(result -> known(environment.value().apply(result.environment()))));
    }

    private static @Nullable Object known(@Nullable Object value) {
        return "".equals(value) ? null : value;
    }

    static Environment read(StoredCells cells) {
        return new Environment(
                HOST.or(cells, ""),
                PROCESSOR.or(cells, ""),
                DEVICE.or(cells, ""),
                PRECISION.of(cells),
                THREADS.of(cells),
                VERSIONS.of(cells),
                gpu(cells));
    }

    private static @Nullable GpuEnvironment gpu(StoredCells cells) {
        return OF_GPU.stream().allMatch(column -> column.orNull(cells) == null)
                ? null
                : new GpuEnvironment(
                        GPU.or(cells, ""),
                        COMPUTE_CAPABILITY.or(cells, ""),
                        GPU_DRIVER.or(cells, ""),
                        CUDA.or(cells, ""),
                        CUDNN.or(cells, ""));
    }

    static List<Column<Environment>> list() {
        return LIST.list();
    }
}
