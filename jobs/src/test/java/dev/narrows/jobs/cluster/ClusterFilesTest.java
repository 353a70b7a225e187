package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.resource.ResourceInformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFilesTest {
    private static final Path FOLDER = Path.of("../conf/clusters");

    /**
     * Keys that Spark reads by a pattern, or by modules that are not on this class path; the tests of those look at
     * them.
     */
    private static final String OPEN = "spark\\.(executor|task)\\.resource\\.gpu\\.(amount|discoveryScript|vendor)"
            + "|spark\\.(executorEnv|yarn|kubernetes)\\..+";

    private final Set<String> before = new TreeSet<>(System.getProperties().stringPropertyNames());

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("spark.") && !before.contains(key))
                .forEach(System::clearProperty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "standalone", "standalone-gpu", "yarn-gpu", "kubernetes-gpu"})
    void everyPropertyOfAShippedClusterIsOneOfSparks(String name) throws IOException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(name + ".conf"))) {
            lines.load(reader);
        }
        // Makes Spark write its entries down.
        assertThat(org.apache.spark.internal.config.package$.MODULE$.EXECUTOR_CORES())
                .isNotNull();
        assertThat(org.apache.spark.internal.config.Worker$.MODULE$.WORKER_TIMEOUT())
                .isNotNull();
        assertThat(lines.stringPropertyNames())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(
                                key.matches(OPEN) || ConfigEntry.findEntry(key) != null || key.equals("spark.master"))
                        .as(key)
                        .isTrue());
    }

    @Test
    void aClusterBecomesPropertiesAsUnderSparkSubmit() throws IOException {
        Path file = folder.resolve("c.conf");
        Files.writeString(file, "# mine\nspark.master   spark://h:7077\nspark.hadoop.fs.x.impl = y \n");
        System.setProperty("spark.executor.cores", "3");
        ClusterFile.use(file);
        assertThat(System.getProperty("spark.hadoop.fs.x.impl")).isEqualTo("y");
        assertThat(Cluster.conf("s", ComputePlace.ANY, 1).get("spark.master")).isEqualTo("spark://h:7077");
    }

    @Test
    void whatIsNoClusterIsRefused() throws IOException {
        Path study = folder.resolve("s.conf");
        Files.writeString(study, "study = tiny\ngrid = []\n");
        CommandLineRun run = CommandLineRun.of("run", study, "--cluster", study);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(study + ": Cannot take grid, study: properties of Spark begin with spark.");
    }

    /** Results and images may lie on file systems that only its properties reach. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan S",
                "run S",
                "latency S",
                "draw S",
                "status S",
                "doctor S",
                "doctor",
                "best S",
                "show T",
                "compare T U",
                "report S",
                "data bundled:cells",
                "export T --study S --format onnx --to F"
            })
    void everyCommandThatReadsFilesTakesACluster(String command) {
        List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
        words.addAll(List.of("--cluster", folder.resolve("none.conf")));
        CommandLineRun run = CommandLineRun.of(words.toArray());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("none.conf: there is no such file").hasLineCount(1);
    }

    @Test
    void aProfileThatCannotHoldATrialIsRefusedBeforeAnythingRuns() throws IOException {
        Path study = folder.resolve("large.conf");
        Files.writeString(study, """
                study = large
                data { source = "bundled:fashion-mnist", train = 1000, validation = 50, test = 50 }
                grid = [ { family = bottleneck, widths = [256, 512], depths = [4, 4], strides = [1, 1] } ]
                training { batch-size = 512, precision = fp32 }
                """);
        Path cluster = folder.resolve("small.conf");
        Files.writeString(cluster, "spark.master yarn\nspark.executor.memory 1g\nspark.executor.cores 4\n");
        CommandLineRun run =
                CommandLineRun.of("run", study, "--cluster", cluster, "--output", folder.resolve("results"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("large.conf: Cannot run study large at yarn: one trial of this study needs about ")
                .contains("and an executor has 1.0 GiB of heap and 384 MiB beside it for 4 trials at once:"
                        + " set spark.executor.memoryOverhead=")
                .hasLineCount(1);
        assertThat(folder.resolve("results")).doesNotExist();
    }

    /** No daemon builds the image in tests: what it copies is there, or made by a build that its head names. */
    @Test
    void theImageCopiesWhatThereIsAndHasTheVersionsOfTheBuild() throws IOException {
        String image = Files.readString(FOLDER.resolve("Dockerfile"));
        List<String> sources = image.lines()
                .filter(line -> line.startsWith("COPY "))
                .flatMap(line -> {
                    List<String> words = List.of(line.split(" +"));
                    return words.subList(1, words.size() - 1).stream();
                })
                .toList();
        assertThat(sources).hasSizeGreaterThan(3).allSatisfy(source -> {
            Path path = Path.of("..").resolve(source);
            int target = source.indexOf("/target/");
            if (target < 0) {
                assertThat(path).exists();
            } else {
                assertThat(Path.of("..").resolve(source.substring(0, target)).resolve("pom.xml"))
                        .exists();
            }
        });
        assertThat(Files.readString(Path.of("pom.xml"))).contains("narrows-spark");
        String pom = Files.readString(Path.of("../pom.xml"));
        String torch = version(pom, "pytorch");
        assertThat(image)
                .contains(
                        "FROM apache/spark:%s-scala%s-".formatted(version(pom, "spark"), version(pom, "scala.binary")))
                .contains("torch==" + torch + " ")
                .contains("PYTORCH_VERSION=" + torch);
    }

    private static String version(String pom, String of) {
        return pom.replaceAll("(?s).*<%1$s.version>(.*)</%1$s.version>.*".formatted(of), "$1");
    }

    @Test
    void gpusOfAHostAreFoundAsSparkReadsThem() throws Exception {
        assertThat(addresses("echo 0; echo 1; echo ' 2'")).containsExactly("0", "1", "2");
        assertThat(discover("echo NVIDIA-SMI has failed >&2; exit 9").exitValue())
                .isEqualTo(1);
        assertThat(discover("true").exitValue()).isEqualTo(1);
    }

    @Test
    void hiddenAndBusyGpusAreNamed() throws Exception {
        String nvidia = """
                case $1 in
                    --query-gpu=*) echo '0, 00000000:01:00.0'; echo '1, 00000000:02:00.0'; echo '2, 00000000:03:00.0' ;;
                    *) echo '00000000:02:00.0, 123, /usr/bin/python3'; echo '00000000:03:00.0, 7, blender' ;;
                esac
                """;
        Process all = discover(nvidia, null);
        assertThat(words(all.getInputStream())).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\",\"2\"]}");
        assertThat(words(all.getErrorStream()))
                .isEqualTo("GPUs that other programs compute on: 1 (python3 123), 2 (blender 7)");
        Process some = discover(nvidia, "2,0");
        assertThat(words(some.getInputStream())).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}");
        assertThat(words(some.getErrorStream()).lines().toList())
                .hasSize(2)
                .satisfies(lines ->
                        assertThat(lines.get(0)).startsWith("CUDA_VISIBLE_DEVICES=2,0 hides 1 of the 3 GPUs of "))
                .satisfies(lines ->
                        assertThat(lines.get(1)).isEqualTo("GPUs that other programs compute on: 0 (blender 7)"));
        Process none = discover(nvidia, "-1");
        assertThat(none.exitValue()).isEqualTo(1);
        assertThat(words(none.getErrorStream())).startsWith("CUDA_VISIBLE_DEVICES='-1' hides every GPU of ");
    }

    private static String words(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private List<String> addresses(String nvidia) throws Exception {
        Process script = discover(nvidia);
        return List.of(
                ResourceInformation.parseJson(words(script.getInputStream())).addresses());
    }

    /** On a host whose nvidia-smi acts so. */
    private Process discover(String nvidia) throws Exception {
        return discover(nvidia, null);
    }

    private Process discover(String nvidia, @Nullable String visible) throws Exception {
        Path tool = folder.resolve("nvidia-smi");
        Files.writeString(tool, "#!/bin/sh\n" + nvidia + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(
                FOLDER.resolve("nvidia-gpus.sh").toAbsolutePath().toString());
        builder.environment().remove("CUDA_VISIBLE_DEVICES");
        if (visible != null) {
            builder.environment().put("CUDA_VISIBLE_DEVICES", visible);
        }
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process;
    }
}
