package dev.narrows.jobs.show;

import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.ProgressDocument;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of a pass: a bar on a terminal, a line now and then elsewhere, or JSON for programs. */
public final class Progress implements AutoCloseable {
    /** Time between two lines where there is no terminal for a bar. */
    private static final long LINES_EVERY_MILLIS = 30_000;

    /** Time between two objects for a program while nothing ends but epochs. */
    private static final long OBJECTS_EVERY_MILLIS = 2_000;

    private static final int DRAW_EVERY_MILLIS = 500;

    private final Terminal terminal;
    private final String name;
    private int total;
    private long totalEpochs;
    private final IntSupplier running;
    private final DoubleSupplier secondsLeft;
    private final Supplier<String> left;
    private final EpochCount epochs;
    private final @Nullable ProgressBar bar;
    private final ScheduledExecutorService clock;
    private final Future<?> ticks;
    private long lastLine = System.currentTimeMillis();
    private String told = "";
    private int done;
    private int failed;
    private long epochsOfEnded;
    private double best = Double.NaN;

    /**
     * @param total number of all
     * @param running number that run at this moment
     * @param secondsLeft predicted seconds until all are done
     */
    public Progress(Terminal terminal, String name, int total, IntSupplier running, DoubleSupplier secondsLeft) {
        this(terminal, name, total, running, secondsLeft, EpochCount.NONE);
    }

    /** Likewise, of trials with epochs. */
    public Progress(
            Terminal terminal,
            String name,
            int total,
            IntSupplier running,
            DoubleSupplier secondsLeft,
            EpochCount epochs) {
        this(terminal, name, total, running, secondsLeft, epochs, () -> Numbers.duration(secondsLeft.getAsDouble()));
    }

    /**
     * Likewise, where the prediction is told in words of its own.
     *
     * @param left the time until all are done, for a person
     */
    public Progress(
            Terminal terminal,
            String name,
            int total,
            IntSupplier running,
            DoubleSupplier secondsLeft,
            EpochCount epochs,
            Supplier<String> left) {
        this.terminal = terminal;
        this.name = name;
        this.total = total;
        this.running = running;
        this.secondsLeft = secondsLeft;
        this.epochs = epochs;
        totalEpochs = epochs.total();
        this.left = left;
        this.bar = terminal.live() && terminal.progress() == ProgressForm.text ? bar() : null;
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "narrows-progress");
            thread.setDaemon(true);
            return thread;
        });
        ticks = clock.scheduleWithFixedDelay(this::tick, DRAW_EVERY_MILLIS, DRAW_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(totalEpochs > 0 ? totalEpochs : total)
                .setUnit(totalEpochs > 0 ? " epochs" : "", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(DRAW_EVERY_MILLIS)
                .continuousUpdate()
                .setEtaFunction(state -> eta())
                .setConsumer(new DelegatingProgressBarConsumer(terminal::draw, terminal.columns() - 1))
                .build();
    }

    private Optional<Duration> eta() {
        double seconds = secondsLeft.getAsDouble();
        return Double.isFinite(seconds) ? Optional.of(Duration.ofSeconds(Math.round(seconds))) : Optional.empty();
    }

    /** A line beside the bar. */
    public void note(String line) {
        terminal.note(line);
    }

    /** Counts one more as done. */
    public void ended(boolean well, double quality) {
        ended(well, quality, 0);
    }

    /**
     * Counts one more trial as done.
     *
     * @param quality by the study's measure; NaN where it has none
     * @param epochs that it was to have, whether or not it reached them
     */
    public synchronized void ended(boolean well, double quality, int epochs) {
        done++;
        failed += well ? 0 : 1;
        epochsOfEnded += epochs;
        best = Double.isNaN(best) ? quality : Double.isNaN(quality) ? best : Math.max(best, quality);
        moved(0);
    }

    /** Takes up more trials, with so many epochs in all. */
    public synchronized void grow(int trials, long epochs) {
        total += trials;
        totalEpochs += epochs;
        if (bar != null) {
            bar.maxHint(totalEpochs > 0 ? totalEpochs : total);
        }
    }

    /** Sets the number that are done. */
    public synchronized void reached(int count) {
        done = count;
        moved(0);
    }

    private synchronized void tick() {
        moved(OBJECTS_EVERY_MILLIS);
    }

    /** Tells where the pass is, if that has changed. */
    private void moved(long leastPauseMillis) {
        long now = System.currentTimeMillis();
        switch (terminal.progress()) {
            case none -> {}
            case json -> {
                // The forecast moves all the time; only what has ended or begun is news.
                String place = "%d %d %d".formatted(done, running.getAsInt(), epochsDone());
                if (now - lastLine >= leastPauseMillis && !place.equals(told)) {
                    lastLine = now;
                    told = place;
                    terminal.note(Documents.line(document()));
                }
            }
            case text -> {
                if (bar != null) {
                    bar.setExtraMessage(details().replaceFirst("^, ", ""));
                    bar.stepTo(totalEpochs > 0 ? epochsDone() : done);
                } else if (now - lastLine >= LINES_EVERY_MILLIS) {
                    lastLine = now;
                    terminal.note("%s: %d of %d%s, about %s left".formatted(name, done, total, details(), left.get()));
                }
            }
        }
    }

    private ProgressDocument document() {
        double seconds = secondsLeft.getAsDouble();
        return new ProgressDocument(
                name,
                done,
                total,
                running.getAsInt(),
                failed,
                epochsDone(),
                totalEpochs,
                Double.isNaN(best) ? null : best,
                Double.isFinite(seconds) ? seconds : null);
    }

    private long epochsDone() {
        return Math.min(totalEpochs, epochsOfEnded + epochs.ofRunning().getAsLong());
    }

    private String details() {
        StringBuilder details = new StringBuilder();
        if (bar != null && totalEpochs > 0) {
            details.append(", %d of %s".formatted(done, Numbers.counted(total, "trial")));
        }
        if (running.getAsInt() > 0) {
            details.append(", ").append(running.getAsInt()).append(" running");
        }
        if (bar == null && totalEpochs > 0) {
            details.append(", %d of %s".formatted(epochsDone(), Numbers.counted(totalEpochs, "epoch")));
        }
        if (failed > 0) {
            details.append(", ").append(failed).append(" failed");
        }
        if (!Double.isNaN(best)) {
            details.append(String.format(Locale.ENGLISH, ", best %.2f %%", 100 * best));
        }
        return details.toString();
    }

    @Override
    public void close() {
        ticks.cancel(false);
        clock.shutdownNow();
        if (bar != null) {
            bar.close();
            terminal.erase();
        }
    }
}
