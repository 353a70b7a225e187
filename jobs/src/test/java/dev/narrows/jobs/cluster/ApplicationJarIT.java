package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application as it is packaged, on a standalone cluster whose processes have Spark's own jars and no others. Runs
 * after packaging, in {@code mvn verify}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ApplicationJarIT {
    private static final Path APPLICATION = Path.of("target/narrows-spark.jar").toAbsolutePath();
    private static final Path LIBRARIES = Path.of("target/lib").toAbsolutePath();

    @TempDir
    static Path folder;

    private static StandaloneCluster cluster;
    private static Path study;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.exists(APPLICATION), "nothing is packaged yet: mvn -pl core,jobs package does");
        cluster = StandaloneCluster.start(folder.resolve("cluster"), sparksOwn(), 1, 2, 0);
        study = Files.writeString(folder.resolve("study.conf"), """
                study = shipped
                data { source = "bundled:fashion-mnist", train = 200, validation = 100, split-seed = 0 }
                grid = [ { family = residual, stem { width = 4 }, widths = [4], depths = [1], strides = [2]
                           mid-ratio = [0.5, 1], seeds = [0, 1] } ]
                training { epochs = 1, batch-size = 50, precision = fp32 }
                latency { batch-sizes = [1], minimum-samples = 10, minimum-time = 0.05 s, maximum-time = 0.1 s }
                """);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /**
     * Nothing of ours may be missing from the jar, nor come from anywhere else: the driver has Spark's jars only, too.
     */
    @Test
    void sparkSubmitRunsAStudyToItsReport() throws Exception {
        Said run = submit(List.of(), natives().toString());
        assertThat(run.exitCode()).as(run.words()).isZero();
        assertThat(run.words())
                .contains("2 trials at once on 1 executor of spark://127.0.0.1:")
                .contains("residual mid-ratio=0.5")
                .contains("Report: ")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("results/report.html")).isNotEmptyFile();
        List<Map<String, String>> rows = TableFile.read(folder.resolve("results/trials.parquet"));
        assertThat(rows).hasSize(4).allMatch(row -> row.get("outcome").equals("completed"));
    }

    @Test
    void executorsWithoutTheNativeLibraryAreToldInALine() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Said run = submit(List.of("--conf", "spark.executorEnv.DJL_CACHE_DIR=" + empty), "");
        assertThat(run.exitCode()).as(run.words()).isEqualTo(2);
        assertThat(run.words())
                .contains("Cannot run trials at spark://127.0.0.1:")
                .contains("Cannot load the native engine")
                .doesNotContain("\tat ");
    }

    private record Said(int exitCode, String words) {}

    private static Said submit(List<String> options, String jars) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        List<String> command = new ArrayList<>();
        command.add(StandaloneCluster.java());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
        command.addAll(List.of(
                "-Xmx512m",
                "-cp",
                cluster.sparkHome().resolve("jars") + "/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                cluster.master(),
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=512m",
                "--class",
                "dev.narrows.jobs.Narrows"));
        command.addAll(options);
        if (!jars.isEmpty()) {
            command.addAll(List.of("--jars", jars));
        }
        String results = folder.resolve(jars.isEmpty() ? "none" : "results").toString();
        command.addAll(List.of(APPLICATION.toString(), "run", study.toString(), "--output", results));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        cluster.environment(builder);
        Process process = builder.start();
        try {
            int code = process.waitFor();
            return new Said(code, Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path natives() {
        return libraries()
                .filter(jar -> jar.getFileName().toString().startsWith("pytorch-native-"))
                .findFirst()
                .orElseThrow();
    }

    /** Those libraries that a distribution of Spark has; {@code spark-ships.txt} names them, without versions. */
    private static List<Path> sparksOwn() throws IOException {
        List<String> ships = Files.readAllLines(Path.of("src/test/resources/spark-ships.txt"));
        return libraries()
                .filter(jar -> ships.contains(jar.getFileName().toString().replaceFirst("-\\d[^/]*\\.jar$", "")))
                .toList();
    }

    private static Stream<Path> libraries() {
        File[] jars = LIBRARIES.toFile().listFiles((in, name) -> name.endsWith(".jar"));
        return Stream.of(jars == null ? new File[0] : jars).map(File::toPath);
    }
}
