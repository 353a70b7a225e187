package dev.narrows.jobs.folder;

import dev.narrows.engine.Host;
import dev.narrows.jobs.executor.RunningTrial;
import dev.narrows.trial.Trial;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * List of the running trials, in a small file of the results folder: the driver writes it anew every few seconds
 * while that changes, so it costs a trial nothing, and any store will do.
 */
public final class RunningFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningFile.class);
    private static final long WRITE_EVERY_SECONDS = 5;

    /** Most entries of the file. */
    private static final int MOST = 1000;

    private final ResultsFolder folder;
    private final Map<String, Trial> trials = new HashMap<>();
    private final Supplier<List<RunningTrial>> running;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "narrows-running-file");
        thread.setDaemon(true);
        return thread;
    });
    private final Future<?> writes;
    private String written = "";

    public RunningFile(ResultsFolder folder, Collection<Trial> trials, Supplier<List<RunningTrial>> running) {
        this.folder = folder;
        this.running = running;
        trials.forEach(trial -> this.trials.put(trial.id(), trial));
        writes = clock.scheduleWithFixedDelay(this::write, 1, WRITE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** A running trial in the file. */
    public record Entry(String trial, String host, long since) {
        private static final String BETWEEN = "\t";

        private String line() {
            return String.join(BETWEEN, trial, host, Long.toString(since));
        }

        private static Entry of(String line) {
            String[] words = line.split(BETWEEN, -1);
            return new Entry(words[0], words[1], Long.parseLong(words[2]));
        }
    }

    /** Reads the entries of a driver. */
    public static List<Entry> read(ResultsFolder folder) {
        return folder.running().lines().map(Entry::of).toList();
    }

    private void write() {
        String text = running.get().stream()
                .filter(one -> trials.containsKey(one.trialId()))
                .sorted(Comparator.comparingLong(RunningTrial::since))
                .limit(MOST)
                .map(this::entry)
                .map(Entry::line)
                .collect(Collectors.joining("\n"));
        if (!text.equals(written)) {
            try {
                folder.keepRunning(text);
                written = text;
            } catch (RuntimeException e) {
                LOG.warn("Cannot write the list of running trials", e);
            }
        }
    }

    private Entry entry(RunningTrial one) {
        Trial trial = trials.get(one.trialId());
        boolean here = one.host().equals("localhost") || one.host().startsWith("127.");
        return new Entry(
                trial == null ? one.trialId() : "%s seed=%d".formatted(trial.variant(), trial.seed()),
                here ? Host.name() : one.host(),
                one.since());
    }

    @Override
    public void close() {
        writes.cancel(false);
        clock.shutdown();
        try {
            clock.awaitTermination(WRITE_EVERY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!written.isEmpty()) {
            try {
                folder.keepRunning("");
            } catch (RuntimeException e) {
                // Nobody believes it once no driver runs.
                LOG.warn("Cannot clear the list of running trials", e);
            }
        }
    }
}
