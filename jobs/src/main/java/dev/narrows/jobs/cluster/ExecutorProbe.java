package dev.narrows.jobs.cluster;

import dev.narrows.engine.Engine;
import dev.narrows.engine.Host;
import dev.narrows.engine.MemoryBudget;
import dev.narrows.engine.StudyDevice;
import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.gpu.CudaDriver;
import dev.narrows.gpu.GpuModel;
import dev.narrows.gpu.GpuReading;
import dev.narrows.jobs.workstation.GpuNatives;
import dev.narrows.study.Precision;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Examines a process from inside.
 *
 * @param threads of a trial
 * @param data paths of images, without bundled ones
 * @param results folder for rows; empty for none
 */
public record ExecutorProbe(int threads, List<String> data, Optional<String> results) implements Serializable {
    private static final String TRACE = "_doctor-";
    private static final int ROUNDS = 5;
    private static final long HOLD_MILLIS = 1500;

    /** The form that travels, because {@link Optional} is not serializable. */
    private Object writeReplace() {
        return new Wire(threads, List.copyOf(data), results.orElse(""));
    }

    private record Wire(int threads, List<String> data, String results) implements Serializable {
        private Object readResolve() {
            return new ExecutorProbe(threads, data, Optional.of(results).filter(text -> !text.isEmpty()));
        }
    }

    /** Reports of all executors by name; each one is asked, also those that Spark would not choose. */
    public Map<String, ExecutorReport> everywhere(JavaSparkContext spark) {
        Map<String, ExecutorReport> reports = new TreeMap<>();
        int executors = spark.sc().statusTracker().getExecutorInfos().length - 1;
        for (int round = 0; round < ROUNDS && reports.size() < Math.max(1, executors); round++) {
            int tasks = Math.max(executors, spark.defaultParallelism());
            spark.parallelize(java.util.Collections.nCopies(tasks, this), tasks)
                    .map(ExecutorProbe::hold)
                    .collect()
                    .forEach(report -> reports.put(report.name(), report));
        }
        return reports;
    }

    /** Keeps the slot for a moment, so that another executor has to take the next. */
    private ExecutorReport hold() throws InterruptedException {
        ExecutorReport report = here();
        Thread.sleep(HOLD_MILLIS);
        return report;
    }

    /** The report of this process. */
    public ExecutorReport here() {
        List<String> problems = new ArrayList<>();
        String engine = engine(problems);
        List<String> gpus = gpus(problems);
        return report(engine, gpus, readings(gpus), problems);
    }

    /** The report of a process in which no trial runs: the engine is left alone. */
    public ExecutorReport withoutEngine() {
        return report("", List.of(), List.of(), new ArrayList<>());
    }

    private ExecutorReport report(String engine, List<String> gpus, List<GpuReading> readings, List<String> problems) {
        data.forEach(source -> read(source, problems));
        results.ifPresent(folder -> write(folder, problems));
        return new ExecutorReport(
                name(),
                System.getProperty("java.version"),
                org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                "%s-%s, auto is %s"
                        .formatted(
                                System.getProperty("os.name").toLowerCase(Locale.ROOT),
                                System.getProperty("os.arch"),
                                device(gpus, readings)
                                        .resolve(Precision.AUTO)
                                        .name()
                                        .toLowerCase(Locale.ROOT)),
                engine,
                MemoryBudget.ofMachine().processBytes(),
                gpus,
                readings,
                problems);
    }

    /** The device of a trial in this process: the GPU that Spark gave it, as far as a driver knows it. */
    private static StudyDevice device(List<String> assigned, List<GpuReading> readings) {
        List<GpuModel> models =
                readings.stream().flatMap(gpu -> gpu.known().stream()).toList();
        return assigned.isEmpty() || models.isEmpty() ? StudyDevice.here() : StudyDevice.of(models);
    }

    /** After the engine has been loaded, whose versions of CUDA and cuDNN are among the readings. */
    private static List<GpuReading> readings(List<String> assigned) {
        OptionalInt number = TaskDevice.gpuNumber();
        if (number.isPresent()) {
            return List.of(GpuReading.ofOwn(number.getAsInt()));
        }
        return assigned.isEmpty()
                ? IntStream.range(0, CudaDriver.count())
                        .mapToObj(GpuReading::of)
                        .toList()
                : List.of();
    }

    private static String name() {
        SparkEnv env = SparkEnv.get();
        String id = env == null ? "driver" : env.executorId();
        return (id.equals("driver") ? id : "executor " + id) + " on " + Host.name();
    }

    private String engine(List<String> problems) {
        try {
            return Engine.start(threads).version();
        } catch (RuntimeException | LinkageError e) {
            problems.add("Cannot load the native engine: %s; add the library of this platform (%s-%s) to its class path"
                    .formatted(Reason.of(e), System.getProperty("os.name"), System.getProperty("os.arch")));
            return "none";
        }
    }

    private List<String> gpus(List<String> problems) {
        List<String> addresses = TaskDevice.gpusHere();
        if (!addresses.isEmpty()
                && !GpuNatives.arePretended()
                && problems.isEmpty()
                && Engine.start(threads).gpus() == 0) {
            problems.add(("Spark assigns GPU %s here, but the native engine sees no GPU: its library is for"
                            + " CPUs, or the NVIDIA driver is missing (docs/gpu.md)")
                    .formatted(String.join(", ", addresses)));
        }
        return addresses;
    }

    private static void read(String source, List<String> problems) {
        try {
            Path path = new Path(source);
            FileSystem files = path.getFileSystem(HadoopSettings.here());
            FileStatus found = files.getFileStatus(path);
            if (found.isFile()) {
                try (FSDataInputStream in = files.open(path)) {
                    in.read();
                }
            } else {
                files.listStatus(path);
            }
        } catch (IOException | RuntimeException e) {
            problems.add("Cannot read the images in %s: %s".formatted(source, Reason.of(e)));
        }
    }

    private static void write(String results, List<String> problems) {
        try {
            Folder.at(results, HadoopSettings.here()).write(TRACE + name().replace(' ', '-'), name());
        } catch (RuntimeException e) {
            problems.add("Cannot write results into %s: %s".formatted(results, Reason.of(e)));
        }
    }

    /** Names of executors that wrote results which are not found here; deletes all traces. */
    public static List<String> unseen(Folder results, Map<String, ExecutorReport> reports) {
        List<String> traces = results.names();
        List<String> unseen = reports.keySet().stream()
                .filter(name -> !traces.contains(TRACE + name.replace(' ', '-')))
                .toList();
        traces.stream().filter(name -> name.startsWith(TRACE)).forEach(results::delete);
        return unseen;
    }
}
