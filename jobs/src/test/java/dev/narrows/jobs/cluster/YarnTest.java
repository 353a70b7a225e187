package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.PythonEnvironment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real study on a real YARN by a real {@code spark-submit}, data and results on HDFS. It needs the application's jar,
 * 500 MB of libraries and some minutes, so it runs where it is asked for: {@code bin/narrows --version && mvn -pl jobs
 * -am test -Dnarrows.yarn -Dtest=YarnTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(
        named = "narrows.yarn",
        matches = ".*",
        disabledReason = "it takes some minutes and is run where -Dnarrows.yarn asks for it")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class YarnTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int TRIALS = 8;

    @TempDir
    static Path folder;

    private static HadoopCluster hadoop;
    private static Path spark;
    private static Path cluster;
    private static Path study;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(TARGET.resolve("narrows-spark.jar")),
                "Skipped: there is no target/narrows-spark.jar; bin/narrows --version builds it");
        PythonEnvironment python = PythonEnvironment.of("jobs/src/test/hadoop/requirements.txt");
        spark = find(python.python().getParent().getParent(), "**/site-packages/pyspark");
        hadoop = HadoopCluster.start(Files.createDirectory(folder.resolve("hadoop")), 2);
        files().copyFromLocalFile(hadoopPath(Path.of("../core/src/main/resources/data/fashion-mnist")), data());
        cluster = Files.writeString(folder.resolve("cluster.conf"), cluster());
        study = Files.writeString(folder.resolve("study.conf"), """
                study = yarn
                data { source = "hdfs:///data/fashion-mnist", train = 3000, validation = 200, test = 100, split-seed = \
                0 }
                grid = [ { family = bottleneck, stem { width = 8, kernel = 3, stride = 2 }, widths = [16, 32]
                           depths = [1, 1], strides = [1, 2], mid-ratio = [0.25, 0.5], seeds = [0, 1, 2, 3] } ]
                training { epochs = 8, batch-size = 32, precision = fp32 }
                latency { for = none }
                """);
    }

    @AfterAll
    static void stop() {
        if (hadoop != null) {
            hadoop.close();
        }
    }

    /** Two executors of one GPU and one trial each: a node manager has one GPU, so no node takes both. */
    private static String cluster() throws IOException {
        Path script = Files.writeString(
                folder.resolve("gpus.sh"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return """
                spark.master                                 yarn
                spark.yarn.jars                              local:%s/jars/*
                spark.executor.instances                     2
                spark.executor.cores                         1
                spark.executor.memory                        512m
                spark.executor.memoryOverhead                2g
                spark.driver.memory                          512m
                spark.driver.memoryOverhead                  512m
                spark.executor.resource.gpu.amount           1
                spark.executor.resource.gpu.discoveryScript  ./gpus.sh
                spark.yarn.dist.files                        %s
                spark.driver.extraClassPath                  %s
                spark.yarn.appMasterEnv.SPARK_LOCAL_IP       127.0.0.1
                spark.executorEnv.SPARK_LOCAL_IP             127.0.0.1
                spark.yarn.appMasterEnv.DJL_CACHE_DIR        ./djl
                spark.executorEnv.DJL_CACHE_DIR              ./djl
                spark.executor.extraJavaOptions              -XX:MaxDirectMemorySize=1t -Dai.djl.offline=true
                spark.driver.extraJavaOptions                -XX:MaxDirectMemorySize=1t -Dai.djl.offline=true
                spark.yarn.maxAppAttempts                    1
                spark.ui.port                                0
                """.formatted(spark, script, hadoop.settings());
    }

    @Test
    @Order(1)
    void inClientModeTheDriverShowsWhatCameOfIt() throws Exception {
        Process submit = submit("client", "run", study.toString(), "--output", "hdfs:///user/me/client");
        assertThat(submit.waitFor()).as(said("client")).isZero();
        assertThat(said("client"))
                .contains("bottleneck mid-ratio=0.25", "Report: hdfs:///user/me/client/report.html")
                .doesNotContain(" INFO TaskSetManager");
        assertThat(SameTable.require(
                        fetched("client", "trials.parquet"), fetched("client", "trials.parquet"), List.of("trial_id")))
                .isEqualTo(TRIALS);
    }

    @Test
    @Order(2)
    void inClusterModeAnExecutorMayDieAndItsTrialGoesOnToTheSameTables() throws Exception {
        Process submit = submit(
                "cluster",
                "run",
                study.getFileName().toString(),
                "--output",
                "hdfs:///user/me/cluster",
                "--checkpoint-every",
                "0");
        Set<String> withGpu = new TreeSet<>();
        Set<String> jobs = new TreeSet<>();
        Set<String> states = new TreeSet<>();
        boolean killed = false;
        while (submit.isAlive()) {
            String status = status("cluster");
            states.add(status.lines().findFirst().orElse(""));
            List<String> books = hadoop.books();
            books.stream()
                    .filter(line -> line.startsWith("container") && line.contains("yarn.io/gpu: 1"))
                    .forEach(line -> withGpu.add(line.split(" ", -1)[1]));
            pages(books).forEach(page -> jobs.add(get(page)));
            if (!killed && status.matches("(?s)yarn: [1-5] of 8 .*") && checkpoints() == 2) {
                hadoop.executors().get(0).destroyForcibly();
                killed = true;
            }
            submit.waitFor(500, TimeUnit.MILLISECONDS);
        }
        assertThat(submit.exitValue()).as(said("cluster")).isZero();
        assertThat(killed).as(states.toString()).isTrue();
        assertThat(status("cluster")).contains("yarn: 8 of 8 trials have ended\n  8 completed\n", "It is complete");
        // Two at first, and another in the place of the one that died, each with a GPU in the books of YARN.
        assertThat(withGpu).hasSizeGreaterThan(2);
        assertThat(String.join("\n", jobs))
                .contains("\"jobGroup\" : \"bottleneck mid-ratio=0.25\"")
                .contains("\"description\" : \"bottleneck mid-ratio=0.25 seed=");
        SameTable.require(
                fetched("client", "trials.parquet"), fetched("cluster", "trials.parquet"), List.of("trial_id"));
        SameTable.require(
                fetched("client", "epochs.parquet"),
                fetched("cluster", "epochs.parquet"),
                List.of("trial_id", "epoch"));
        assertThat(TableFile.read(fetched("cluster", "trials.parquet")))
                .as("the trial that was cut off went on from its checkpoint on HDFS")
                .anySatisfy(row -> assertThat(row.get("resumed_after_epochs")).isNotBlank());
        assertThat(checkpoints()).isZero();
    }

    @Test
    @Order(3)
    void aCompleteStudyIsASuccessAndBadInputAFailureWithItsReason() throws Exception {
        Process again = submit("cluster", "run", study.getFileName().toString(), "--output", "hdfs:///user/me/cluster");
        assertThat(again.waitFor()).as(said("cluster")).isZero();
        Files.writeString(study, Files.readString(study).replace("depths = [1, 1]", "depth = [1, 1]"));
        Process bad = submit("cluster", "run", study.getFileName().toString(), "--output", "hdfs:///user/me/bad");
        assertThat(bad.waitFor()).isNotZero();
        assertThat(said("cluster"))
                .contains("study.conf: 4: Cannot take depth: bottleneck has no such knob; the nearest is depths");
    }

    private static Process submit(String mode, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                spark.resolve("bin/spark-submit").toString(),
                "--properties-file",
                cluster.toString(),
                "--deploy-mode",
                mode,
                "--files",
                study.toString(),
                "--jars",
                find(TARGET.resolve("lib"), "**/pytorch-native-cpu-*.jar").toString(),
                "--class",
                "dev.narrows.jobs.Narrows",
                TARGET.resolve("narrows-spark.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(mode + ".txt").toFile());
        builder.environment().put("SPARK_HOME", spark.toString());
        builder.environment().put("HADOOP_CONF_DIR", hadoop.settings().toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_LOCAL_HOSTNAME", "localhost");
        return builder.start();
    }

    private static String said(String mode) throws IOException {
        return Files.readString(folder.resolve(mode + ".txt"));
    }

    /** Status as read from outside, neither by the driver nor in the cluster. */
    private static String status(String results) throws Exception {
        Path said = folder.resolve("status.txt");
        List<String> command = StandaloneCluster.javaCommand("-Xmx256m", "-XX:TieredStopAtLevel=1");
        command.addAll(List.of("dev.narrows.jobs.Narrows", "status", hadoop.files() + "/user/me/" + results));
        Process status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        assertThat(status.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return Files.readString(said);
    }

    /** Address of the Spark UI of every running application. */
    private static List<String> pages(List<String> books) {
        return books.stream()
                .filter(line -> line.startsWith("application") && line.contains("UNDEFINED http"))
                .map(line -> line.split(" ", -1))
                .map(words -> words[3] + "/api/v1/applications/" + words[1] + "/jobs")
                .toList();
    }

    private static String get(String page) {
        try {
            HttpClient client = HttpClient.newHttpClient();
            return client.send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            // It ends with its application.
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path fetched(String results, String table) throws IOException {
        Path here = folder.resolve(results + "-" + table);
        files().copyToLocalFile(new org.apache.hadoop.fs.Path("/user/me/" + results + "/" + table), hadoopPath(here));
        return here;
    }

    /** Number of checkpoints of the study that runs in cluster mode. */
    private static int checkpoints() throws IOException {
        try {
            return files().listStatus(
                            new org.apache.hadoop.fs.Path("/user/me/cluster/_checkpoints"),
                            path -> path.getName().endsWith(".ckpt"))
                    .length;
        } catch (FileNotFoundException e) {
            return 0;
        }
    }

    private static FileSystem files() throws IOException {
        return FileSystem.get(URI.create(hadoop.files()), new Configuration());
    }

    private static org.apache.hadoop.fs.Path data() {
        return new org.apache.hadoop.fs.Path("/data/fashion-mnist");
    }

    private static org.apache.hadoop.fs.Path hadoopPath(Path path) {
        return new org.apache.hadoop.fs.Path(path.toAbsolutePath().toUri());
    }

    private static Path find(Path under, String pattern) throws IOException {
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> all = Files.walk(under)) {
            return all.filter(wanted::matches).findFirst().orElseThrow();
        }
    }
}
