package dev.narrows.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Runs a study on a standalone cluster while executors, workers and drivers are killed by signal 9 at random moments,
 * resumes it until it is complete, and holds its tables to those of a run that nobody disturbed: no trial lost, none
 * doubled, the same bits in every column that is not a time or a place, and no innocent blamed. Trials leave a
 * checkpoint after each epoch and go on from it, and none is left at the end. A reader opens the public tables in a
 * loop meanwhile and must never see half a one. See CONTRIBUTING.md.
 */
public final class Campaign {
    private static final int WORKERS = 2;
    private static final int CORES = 2;

    private final Path folder;
    private final Path study;
    private final Random random;
    private final int pauseMillis;
    private final Map<String, Integer> kills = new TreeMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<String> halfRead = new AtomicReference<>();
    private int rounds;
    private int trials;
    private int resumed;

    private Campaign(Path folder, Path study, long seed, int pauseMillis) {
        this.folder = folder;
        this.study = study;
        this.random = new Random(seed);
        this.pauseMillis = pauseMillis;
    }

    /** Outcome of a campaign that held everything, as a sentence. */
    public record Report(int kills, String words) {}

    /**
     * Kills until so many kills have been, with as many rounds of the study as that takes.
     *
     * @param pauseMillis between two kills on average
     * @throws IllegalStateException where the tables differ
     */
    public static Report run(Path folder, Path study, int kills, long seed, int pauseMillis)
            throws IOException, InterruptedException {
        Campaign campaign = new Campaign(folder, study, seed, pauseMillis);
        campaign.quiet();
        try (StandaloneCluster cluster =
                StandaloneCluster.start(Files.createDirectories(folder.resolve("cluster")), WORKERS, CORES, 0)) {
            while (campaign.killed() < kills) {
                campaign.round(cluster, kills);
            }
        }
        return new Report(campaign.killed(), campaign.words());
    }

    private int killed() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    private String words() {
        return ("%d kills (%s) in %d rounds of %d trials: 0 lost, 0 doubled, same bits, nobody blamed; %d trials"
                        + " went on from a checkpoint; %d whole tables read meanwhile")
                .formatted(killed(), kills, rounds, trials, resumed, reads.get());
    }

    /** The run that nobody disturbs, inside one process. */
    private void quiet() throws IOException, InterruptedException {
        Process driver = driver(folder.resolve("quiet"), List.of("--slots", "2"));
        driver.waitFor();
        require(driver.exitValue() == 0, "the undisturbed run ended with " + driver.exitValue());
    }

    private void round(StandaloneCluster cluster, int most) throws IOException, InterruptedException {
        Path results = folder.resolve("round-" + rounds++);
        Process driver = driver(results, List.of("--master", cluster.master()));
        Thread reader = new Thread(() -> readWhile(results), "reader");
        reader.setDaemon(true);
        reader.start();
        try {
            while (true) {
                if (driver.waitFor(pauseMillis / 4 + random.nextInt(3 * pauseMillis / 2), TimeUnit.MILLISECONDS)) {
                    break;
                }
                if (killed() < most) {
                    driver = kill(cluster, driver, results);
                }
            }
        } finally {
            driver.destroyForcibly().waitFor();
            reader.interrupt();
            reader.join();
        }
        require(driver.exitValue() == 0, "round %d ended with %d".formatted(rounds, driver.exitValue()));
        require(halfRead.get() == null, "half a table was seen: " + halfRead.get());
        compare(results, "trials.parquet", List.of("trial_id"));
        compare(results, "epochs.parquet", List.of("trial_id", "epoch"));
        if (Files.exists(folder.resolve("quiet").resolve("search.parquet"))) {
            compare(results, "search.parquet", List.of("batch", "variant_id", "decision", "epoch"));
        }
        for (Map<String, String> row : TableFile.read(results.resolve("trials.parquet"))) {
            resumed += row.getOrDefault("resumed_after_epochs", "").isEmpty() ? 0 : 1;
        }
        require(left(results).isEmpty(), "checkpoints were left: " + left(results));
    }

    private static List<String> left(Path results) throws IOException {
        Path checkpoints = results.resolve("_checkpoints");
        if (!Files.exists(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Process kill(StandaloneCluster cluster, Process driver, Path results)
            throws IOException, InterruptedException {
        int choice = random.nextInt(4);
        if (choice == 0) {
            driver.destroyForcibly().waitFor();
            kills.merge("driver", 1, Integer::sum);
            return driver(results, List.of("--master", cluster.master()));
        }
        if (choice == 1) {
            int worker = random.nextInt(WORKERS);
            cluster.killWorker(worker);
            kills.merge("worker", 1, Integer::sum);
            Thread.sleep(random.nextInt(1000));
            cluster.startWorker(worker);
            return driver;
        }
        List<ProcessHandle> executors = cluster.executors();
        if (!executors.isEmpty()) {
            executors.get(random.nextInt(executors.size())).destroyForcibly();
            kills.merge("executor", 1, Integer::sum);
        }
        return driver;
    }

    private Process driver(Path results, List<String> where) throws IOException {
        List<String> command = StandaloneCluster.javaCommand(
                "-Xmx512m",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.ui.enabled=false",
                "-Dspark.executor.memory=512m",
                "-Dspark.executor.extraClassPath=" + StandaloneCluster.classes());
        command.addAll(List.of(
                "dev.narrows.jobs.Narrows",
                "run",
                study.toString(),
                "--output",
                results.toString(),
                "--checkpoint-every",
                "0"));
        command.addAll(where);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(results.getFileName() + ".txt").toFile()));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder.start();
    }

    private void readWhile(Path results) {
        Path table = results.resolve("trials.parquet");
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (Files.exists(table)) {
                    TableFile.read(table);
                    reads.incrementAndGet();
                }
                Thread.sleep(20);
            } catch (InterruptedException | java.nio.channels.ClosedByInterruptException e) {
                return;
            } catch (IOException | RuntimeException e) {
                halfRead.compareAndSet(null, e.toString());
            }
        }
    }

    private void compare(Path results, String table, List<String> key) throws IOException {
        int rows = SameTable.require(folder.resolve("quiet").resolve(table), results.resolve(table), key);
        trials = table.startsWith("trials") ? rows : trials;
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException("The campaign failed: " + otherwise);
        }
    }

    /** {@code Campaign FOLDER STUDY KILLS SEED [PAUSE_MILLIS]}. */
    public static void main(String[] args) throws Exception {
        int pause = args.length > 4 ? Integer.parseInt(args[4]) : 6000;
        try {
            Report report = run(
                    Files.createDirectories(Path.of(args[0])).toAbsolutePath(),
                    Path.of(args[1]).toAbsolutePath(),
                    Integer.parseInt(args[2]),
                    Long.parseLong(args[3]),
                    pause);
            System.out.println(report.words());
        } catch (UncheckedIOException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
