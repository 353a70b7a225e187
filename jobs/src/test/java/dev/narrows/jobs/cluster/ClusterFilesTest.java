package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.internal.config.ConfigEntry;
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

    /** The metadata of PyTorch's wheel, without what only Python needs. */
    @Test
    void theImageHasThePackagesOfNvidiaThatPytorchAsksFor() throws IOException {
        String image = Files.readString(FOLDER.resolve("Dockerfile"));
        assertThat(image).contains("torch==2.7.1 ").contains(" --no-deps ");
        assertThat(Pattern.compile("nvidia-\\S+-cu\\S+")
                        .matcher(image)
                        .results()
                        .map(MatchResult::group))
                .containsExactlyInAnyOrder(
                        "nvidia-cublas-cu12==12.6.4.1",
                        "nvidia-cuda-cupti-cu12==12.6.80",
                        "nvidia-cuda-nvrtc-cu12==12.6.77",
                        "nvidia-cuda-runtime-cu12==12.6.77",
                        "nvidia-cudnn-cu12==9.5.1.17",
                        "nvidia-cufft-cu12==11.3.0.4",
                        "nvidia-cufile-cu12==1.11.1.6",
                        "nvidia-curand-cu12==10.3.7.77",
                        "nvidia-cusolver-cu12==11.7.1.2",
                        "nvidia-cusparse-cu12==12.5.4.2",
                        "nvidia-cusparselt-cu12==0.6.3",
                        "nvidia-nccl-cu12==2.26.2",
                        "nvidia-nvjitlink-cu12==12.6.85",
                        "nvidia-nvtx-cu12==12.6.77");
    }

    private static String version(String pom, String of) {
        return pom.replaceAll("(?s).*<%1$s.version>(.*)</%1$s.version>.*".formatted(of), "$1");
    }
}
