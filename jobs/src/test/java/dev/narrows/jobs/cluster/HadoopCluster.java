package dev.narrows.jobs.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Hadoop's own HDFS and YARN on loopback, in a process of their own with libraries of their own: {@code
 * src/test/hadoop/MiniHadoop.java}. Its node managers declare a GPU each. Closing it ends it and the containers.
 */
final class HadoopCluster implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/hadoop").toAbsolutePath();

    private final Path folder;
    private final Process process;
    private final PrintWriter asks;
    private final BufferedReader answers;
    private final String files;

    private HadoopCluster(Path folder, Process process) throws IOException {
        this.folder = folder;
        this.process = process;
        asks = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
        files = await("ready").get(0).substring("ready ".length());
    }

    /** Starts it; skips the test that asks where Hadoop's libraries cannot be had. */
    static HadoopCluster start(Path folder, int nodes) throws IOException, InterruptedException {
        Path libraries = FetchedLibraries.of(SOURCE.resolve("pom.xml"), "hadoop");
        List<String> command = new ArrayList<>(List.of(StandaloneCluster.java(), "-Xmx1g"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
        command.addAll(List.of(
                "-cp", libraries + "/*", SOURCE.resolve("MiniHadoop.java").toString(), folder.toString(), "" + nodes));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("hadoop.log").toFile())
                .start();
        try {
            return new HadoopCluster(folder, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The address of HDFS, such as {@code hdfs://localhost:9000}. */
    String files() {
        return files;
    }

    /** The {@code HADOOP_CONF_DIR} of clients. */
    Path settings() {
        return folder;
    }

    /** Records of the resource manager on every application, one line each; see {@code MiniHadoop}. */
    List<String> books() throws IOException {
        return ask("containers");
    }

    void safeMode(boolean on) throws IOException {
        ask("safemode " + (on ? "on" : "off"));
    }

    /** The executors of Spark that run now, in whichever container. */
    List<ProcessHandle> executors() {
        return process.descendants().filter(HadoopCluster::isExecutor).toList();
    }

    private static boolean isExecutor(ProcessHandle handle) {
        try {
            String command = Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline"));
            return command.split("\0", 2)[0].endsWith("java") && command.contains("YarnCoarseGrainedExecutorBackend");
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> ask(String line) throws IOException {
        asks.println(line);
        return await("done");
    }

    private List<String> await(String word) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            lines.add(line);
            if (line.startsWith(word)) {
                return lines;
            }
        }
        throw new IOException("Hadoop has ended:\n" + Files.readString(folder.resolve("hadoop.log")));
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }
}
