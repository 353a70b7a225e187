package dev.narrows.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A real standalone cluster of Spark on loopback: a master and workers as processes of their own, from the jars of this
 * process's class path. Ports are chosen by the system. Closing it, or the end of this process, ends all of them by
 * their handles.
 */
public final class StandaloneCluster implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 120_000;
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://[^\\s]+)");
    private static final String REGISTERED = "Successfully registered with master";

    private final Path folder;
    private final int cores;
    private final int gpus;
    private final boolean apart;
    private final Map<Integer, Process> workers = new TreeMap<>();
    private final Thread atExit = new Thread(this::end);
    private final Process master;
    private final String url;

    private StandaloneCluster(Path folder, Collection<Path> jars, int cores, int gpus, boolean apart)
            throws IOException, InterruptedException {
        this.apart = apart;
        this.folder = folder;
        this.cores = cores;
        this.gpus = gpus;
        Path links = Files.createDirectories(folder.resolve("spark/jars"));
        for (Path jar : jars) {
            try {
                Files.createSymbolicLink(links.resolve(jar.getFileName()), jar.toAbsolutePath());
            } catch (FileSystemException e) {
                // A file system without links.
                Files.copy(jar, links.resolve(jar.getFileName()));
            }
        }
        Runtime.getRuntime().addShutdownHook(atExit);
        master = start(
                "master",
                "org.apache.spark.deploy.master.Master",
                Map.of(),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0");
        url = await("master", MASTER);
    }

    /**
     * Starts a master and workers, and waits until they know each other.
     *
     * @param folder for logs, the workers' folders and the links to Spark's jars
     * @param workers number of workers
     * @param cores of each worker
     * @param gpus fake addresses that each worker declares; no two workers share one
     */
    public static StandaloneCluster start(Path folder, int workers, int cores, int gpus)
            throws IOException, InterruptedException {
        return start(folder, jarsOfThisProcess(), workers, cores, gpus);
    }

    /** Starts a cluster like {@link #start(Path, int, int, int)}, with a Spark of these jars and no others. */
    public static StandaloneCluster start(Path folder, Collection<Path> jars, int workers, int cores, int gpus)
            throws IOException, InterruptedException {
        return start(new StandaloneCluster(folder, jars, cores, gpus, false), workers);
    }

    /**
     * Starts a cluster like {@link #start(Path, int, int, int)}, each worker on a host of its own: Linux has all of
     * 127.0.0.0/8 on loopback, and processes of two workers agree by two folders.
     */
    public static StandaloneCluster startApart(Path folder, int workers, int cores)
            throws IOException, InterruptedException {
        return start(new StandaloneCluster(folder, jarsOfThisProcess(), cores, 0, true), workers);
    }

    private static StandaloneCluster start(StandaloneCluster cluster, int workers)
            throws IOException, InterruptedException {
        try {
            for (int worker = 0; worker < workers; worker++) {
                cluster.startWorker(worker);
            }
            for (int worker = 0; worker < workers; worker++) {
                cluster.await("worker-" + worker, Pattern.compile("(" + REGISTERED + ")"));
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The jars on the class path, without what is only a folder of classes: those are {@link #classes}. */
    public static List<Path> jarsOfThisProcess() {
        return onClassPath().filter(Files::isRegularFile).toList();
    }

    /** The folders on the class path, which executors need besides the jars: {@code spark.executor.extraClassPath}. */
    public static String classes() {
        return onClassPath()
                .filter(Files::isDirectory)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> onClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .distinct();
    }

    /** The {@code SPARK_HOME} of its processes. */
    public Path sparkHome() {
        return folder.resolve("spark");
    }

    /** The URL for {@code --master}. */
    public String master() {
        return url;
    }

    /** For a driver in this process, with what executors need to find the classes of tests. */
    public SparkConf conf() {
        return new SparkConf()
                .setMaster(url)
                .setAppName("tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.task.maxFailures", "1")
                .set("spark.locality.wait", "0")
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraJavaOptions", "-XX:-CreateCoredumpOnCrash -XX:+UseSerialGC")
                .set("spark.executor.extraClassPath", classes());
    }

    /** The addresses that a worker declares. */
    public List<String> addresses(int worker) {
        return IntStream.range(worker * gpus, (worker + 1) * gpus)
                .mapToObj(String::valueOf)
                .toList();
    }

    /** The executors that run now, of every application. */
    public List<ProcessHandle> executors() {
        return workers.values().stream()
                .flatMap(Process::children)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** The executors of one worker. */
    public List<ProcessHandle> executors(int worker) {
        return workers.get(worker).children().filter(ProcessHandle::isAlive).toList();
    }

    /** Ends a worker by signal 9, as if its host had lost power; its executors notice and go too. */
    public void killWorker(int worker) throws InterruptedException {
        Process process = workers.get(worker);
        process.destroyForcibly();
        process.waitFor();
    }

    /** The address of a worker, by which Spark calls its host. */
    public String address(int worker) {
        return apart ? "127.0.0." + (worker + 1) : "127.0.0.1";
    }

    /** Starts a worker, or starts one again that was killed. */
    public void startWorker(int worker) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--host",
                address(worker),
                "--webui-port",
                "0",
                "--cores",
                String.valueOf(cores),
                "--memory",
                "8g",
                "--work-dir",
                folder.resolve("work-" + worker).toString()));
        if (gpus > 0) {
            arguments.addAll(List.of("--properties-file", declared(worker).toString()));
        }
        arguments.add(url);
        workers.put(
                worker,
                start(
                        "worker-" + worker,
                        "org.apache.spark.deploy.worker.Worker",
                        host(worker),
                        arguments.toArray(String[]::new)));
    }

    /** Environment of a worker that makes its executors a host of their own. */
    private Map<String, String> host(int worker) {
        return apart
                ? Map.of(
                        "SPARK_LOCAL_IP",
                        address(worker),
                        "SPARK_LOCAL_HOSTNAME",
                        address(worker),
                        "NARROWS_HOST_FOLDER",
                        folder.resolve("host-" + worker).toString())
                : Map.of();
    }

    private Path declared(int worker) throws IOException {
        String json = addresses(worker).stream()
                .map(address -> "\"" + address + "\"")
                .collect(Collectors.joining(", ", "{\"name\": \"gpu\", \"addresses\": [", "]}"));
        Path script = Files.writeString(folder.resolve("gpus-" + worker + ".sh"), "#!/bin/sh\necho '" + json + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.writeString(folder.resolve("worker-" + worker + ".properties"), """
                spark.worker.resource.gpu.amount %d
                spark.worker.resource.gpu.discoveryScript %s
                """.formatted(gpus, script));
    }

    private Process start(String name, String mainClass, Map<String, String> more, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
        command.addAll(List.of("-cp", sparkHome().resolve("jars") + "/*", mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        environment(builder);
        builder.environment().putAll(more);
        return builder.start();
    }

    /** Environment in which Spark's processes find their jars and stay on loopback. */
    public void environment(ProcessBuilder builder) {
        builder.environment().put("SPARK_HOME", sparkHome().toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_LOCAL_HOSTNAME", "127.0.0.1");
    }

    /** Java as this process runs it, with what Spark opens of it and the class path of this process. */
    public static List<String> javaCommand(String... options) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private String await(String name, Pattern wanted) throws IOException, InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < deadline) {
            Matcher found = wanted.matcher(Files.exists(log(name)) ? Files.readString(log(name)) : "");
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(50);
        }
        end();
        throw new IllegalStateException(
                "Cannot start %s within %d s: %s".formatted(name, PATIENCE_MILLIS / 1000, Files.readString(log(name))));
    }

    /** Ends executors too: one whose worker has just gone may need a moment to notice. */
    private void end() {
        List<ProcessHandle> all = new ArrayList<>();
        workers.values().forEach(worker -> {
            worker.descendants().forEach(all::add);
            all.add(worker.toHandle());
        });
        all.add(master.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This process is ending: then the hook itself has called.
            return;
        }
    }
}
