package dev.narrows.jobs.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs a study with its results on an object store while its driver is killed by signal 9 at random moments, each time
 * after some more rows, resumes it until it is complete, and holds its tables to those of an undisturbed run on a disk.
 * Trials whose checkpoint is on the store when their driver dies must go on from it.
 */
final class S3Campaign {
    private static final int MOST_ROWS_BETWEEN = 4;

    private S3Campaign() {}

    /**
     * Kills so often, in one round of the study.
     *
     * @return outcome in a sentence; everything was held
     * @throws IllegalStateException where the study ended too early, or its tables differ
     */
    static String run(S3Store store, Path folder, Path study, int kills, long seed)
            throws IOException, InterruptedException {
        Process quiet = store.narrows(
                folder.resolve("quiet.txt"),
                "run",
                study.toString(),
                "--output",
                folder.resolve("quiet").toString());
        Path said = folder.resolve("killed.txt");
        String[] command = {"run", study.toString(), "--output", store.results("killed"), "--checkpoint-every", "0"};
        Random random = new Random(seed);
        List<Long> rowsAtKills = new ArrayList<>();
        Set<String> cutOff = new TreeSet<>();
        for (int kill = 0; kill < kills; kill++) {
            long before = store.rows("killed");
            long wanted = before + 1 + random.nextInt(MOST_ROWS_BETWEEN);
            Process driver = store.narrows(said, command);
            while (driver.isAlive() && store.rows("killed") < wanted) {
                driver.waitFor(100, TimeUnit.MILLISECONDS);
            }
            boolean ended = driver.waitFor(1000 + random.nextInt(1500), TimeUnit.MILLISECONDS);
            driver.destroyForcibly().waitFor();
            if (ended) {
                throw new IllegalStateException("The study ended after %d kills: give it more trials%n%s"
                        .formatted(kill, Files.readString(said)));
            }
            if (store.rows("killed") < before) {
                throw new IllegalStateException("Of %d rows %d were left".formatted(before, store.rows("killed")));
            }
            rowsAtKills.add(store.rows("killed"));
            cutOff.addAll(cutOff(store));
        }
        end(store.narrows(said, command), said);
        end(quiet, folder.resolve("quiet.txt"));
        Path fetched = Files.createDirectories(folder.resolve("fetched"));
        for (String table : List.of("trials.parquet", "epochs.parquet")) {
            Files.write(fetched.resolve(table), store.get("killed/" + table));
        }
        int trials = SameTable.require(
                folder.resolve("quiet/trials.parquet"), fetched.resolve("trials.parquet"), List.of("trial_id"));
        SameTable.require(
                folder.resolve("quiet/epochs.parquet"),
                fetched.resolve("epochs.parquet"),
                List.of("trial_id", "epoch"));
        requireResumed(fetched.resolve("trials.parquet"), cutOff);
        if (!checkpoints(store).isEmpty()) {
            throw new IllegalStateException("Checkpoints were left: " + checkpoints(store));
        }
        String told = Files.readString(said) + new String(store.get("killed/study.conf"), StandardCharsets.UTF_8);
        if (told.contains(S3Store.SECRET)) {
            throw new IllegalStateException("The secret was told: " + told);
        }
        return ("%d kills of the driver in %d trials with results on S3, at %s rows: 0 lost, 0 doubled, the same bits;"
                        + " %d trials went on from a checkpoint")
                .formatted(kills, trials, rowsAtKills, cutOff.size());
    }

    /** Ids of the trials that have a checkpoint on the store. */
    private static Set<String> checkpoints(S3Store store) throws IOException, InterruptedException {
        return ids(store, "_checkpoints/([0-9a-f]+)\\.ckpt");
    }

    /** Ids of the trials that have a checkpoint and no row. */
    private static Set<String> cutOff(S3Store store) throws IOException, InterruptedException {
        Set<String> cutOff = checkpoints(store);
        cutOff.removeAll(ids(store, "_journal/([0-9a-f]+)\\.parquet"));
        return cutOff;
    }

    private static Set<String> ids(S3Store store, String file) throws IOException, InterruptedException {
        Pattern pattern = Pattern.compile(file);
        return store.names("killed").stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void requireResumed(Path trials, Set<String> cutOff) throws IOException {
        for (Map<String, String> row : TableFile.read(trials)) {
            if (cutOff.contains(row.get("trial_id"))
                    && row.getOrDefault("resumed_after_epochs", "").isEmpty()) {
                throw new IllegalStateException("A trial that had a checkpoint began anew: " + row);
            }
        }
    }

    private static void end(Process driver, Path said) throws IOException, InterruptedException {
        if (driver.waitFor() != 0) {
            throw new IllegalStateException(
                    "It ended with %d:%n%s".formatted(driver.exitValue(), Files.readString(said)));
        }
    }
}
