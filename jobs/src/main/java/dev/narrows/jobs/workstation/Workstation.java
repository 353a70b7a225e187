package dev.narrows.jobs.workstation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark's own standalone cluster on loopback, in a process of its own that lives as long as the driver: a master, and a
 * worker that gives each executor one GPU of this machine. So a trial that ends its process ends one executor, and the
 * code path is that of a cluster.
 *
 * <p>A process that talks to it has to know a secret that is made for this run. It travels in the environment of
 * processes, which other users cannot read, and never on a command line.
 */
public final class Workstation implements AutoCloseable {
    /** The log of an executor, in the folder that it is started in. */
    public static final String EXECUTOR_LOG = "narrows.log";

    private static final Logger LOG = LoggerFactory.getLogger(Workstation.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final int SECRET_BYTES = 32;
    private static final int SIGNALS = 128;
    private static final long PATIENCE_SECONDS = 15;
    private static final String PROCESSORS = "pytorch-native-cpu";

    private final Path folder;
    private final String secret;
    private final Process process;
    private final String url;
    private volatile boolean closing;

    private Workstation(Path folder, String secret, Process process, String url) {
        this.folder = folder;
        this.secret = secret;
        this.process = process;
        this.url = url;
    }

    /**
     * The size of a workstation's worker.
     *
     * @param cores of all executors together, as Spark counts them
     * @param mebibytes of the heaps of all executors together
     */
    public record Size(int cores, int mebibytes) {}

    /** Starts it and waits until its master answers. */
    public static Workstation start(WorkstationGpus gpus, Size size) {
        String secret = newSecret();
        try {
            // Only its owner may enter it.
            Path folder = Files.createTempDirectory("narrows-workstation-");
            Files.writeString(resources(folder), allocation(gpus.addresses()));
            SparkHome home = SparkHome.of(
                    folder.resolve("spark"),
                    jar -> !gpus.natives().replacesProcessors() || !jar.startsWith(PROCESSORS));
            Process process = process(folder, home, gpus.addresses().size(), size, secret);
            BufferedReader words =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String url = words.readLine();
            if (url == null) {
                String last = lastLine(folder, process.waitFor());
                delete(folder);
                throw new IllegalStateException("Cannot start Spark's master and worker on this machine: " + last);
            }
            return new Workstation(folder, secret, process, url);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot start Spark's master and worker on this machine: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot start Spark's master and worker: interrupted", e);
        }
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The file that tells the worker which addresses are its own, as Spark writes it for executors. */
    static Path resources(Path folder) {
        return folder.resolve("gpus.json");
    }

    private static Path output(Path folder) {
        return folder.resolve("workstation.txt");
    }

    private static String allocation(List<String> addresses) {
        return addresses.stream()
                .map(address -> "\"" + address + "\"")
                .collect(Collectors.joining(
                        ",",
                        "[{\"id\":{\"componentName\":\"spark.worker\",\"resourceName\":\"gpu\"},\"addresses\":[",
                        "]}]"));
    }

    private static Process process(Path folder, SparkHome home, int gpus, Size size, String secret) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
        command.addAll(List.of(
                "-Dnarrows.log=" + folder.resolve("workstation.log"),
                "-Dspark.authenticate=true",
                "-Dspark.master.rest.enabled=false",
                "-Dspark.ui.killEnabled=false",
                "-Dspark.worker.resource.gpu.amount=" + gpus,
                "-cp",
                home.jars(),
                WorkstationProcess.class.getName(),
                folder.toString(),
                String.valueOf(size.cores()),
                String.valueOf(size.mebibytes())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(output(folder).toFile());
        environment(builder.environment(), folder, home, secret);
        return builder.start();
    }

    /** An installation of Spark that this user has is not meant. */
    private static void environment(Map<String, String> environment, Path folder, SparkHome home, String secret) {
        environment.keySet().removeIf(name -> name.startsWith("SPARK_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SPARK_HOME", home.folder().toString());
        environment.put("SPARK_SCALA_VERSION", scala());
        environment.put("SPARK_LOCAL_IP", LOOPBACK);
        environment.put("SPARK_LOCAL_HOSTNAME", LOOPBACK);
        environment.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
        environment.put("_SPARK_AUTH_SECRET", secret);
    }

    /** The two first parts of the version, by which Spark names its folders. */
    private static String scala() {
        String[] parts = scala.util.Properties.versionNumberString().split("\\.", -1);
        return parts[0] + "." + parts[1];
    }

    /** The address of the master. */
    public String url() {
        return url;
    }

    /** The word by which the driver is known to it. */
    public String secret() {
        return secret;
    }

    /** Calls back once, with a sentence, where the process ends before it is closed. */
    public void onDeath(Consumer<String> callback) {
        Thread watch = new Thread(() -> awaitDeath(callback), "narrows-workstation-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void awaitDeath(Consumer<String> callback) {
        try {
            int exitCode = process.waitFor();
            if (!closing) {
                callback.accept(("Cannot go on: the process of Spark's master and worker on this machine ended"
                                + " (%s); run the same command again to continue")
                        .formatted(lastLine(folder, exitCode)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lastLine(Path folder, int exitCode) {
        String code = exitCode > SIGNALS ? "signal " + (exitCode - SIGNALS) : "exit code " + exitCode;
        try {
            return Files.readString(output(folder))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                    .reduce((one, later) -> later)
                    .map(last -> code + ": " + last)
                    .orElse(code);
        } catch (IOException e) {
            return code;
        }
    }

    /** The last line in the log of an executor; empty where it wrote none. */
    public Optional<String> lastWords(String executor) {
        try {
            return WorkFolder.of(folder).lastWords(executor);
        } catch (IOException e) {
            LOG.warn("Cannot read the log of executor {}: {}", executor, e.toString());
            return Optional.empty();
        }
    }

    /** Ends it with all that it started; what the executors wrote goes to the log of this process. */
    @Override
    public void close() {
        closing = true;
        try {
            WorkFolder.of(folder).output().forEach(LOG::info);
        } catch (IOException e) {
            LOG.warn("Cannot read the logs of executors: {}", e.toString());
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("Cannot end Spark's master and worker in order: {}", e.toString());
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            // Its process does that too, unless it was killed.
            delete(folder);
        } catch (IOException e) {
            LOG.warn("Cannot take {} away: {}", folder, e.toString());
        }
    }

    /** Deletes its folder, links first: nothing behind them is touched. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
