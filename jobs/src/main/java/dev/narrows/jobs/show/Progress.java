package dev.narrows.jobs.show;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of a pass: a bar on a terminal, a line now and then elsewhere. */
public final class Progress implements AutoCloseable {
    /** Time between two lines where there is no terminal for a bar. */
    private static final long LINES_EVERY_MILLIS = 30_000;

    private static final int DRAW_EVERY_MILLIS = 500;

    private final Terminal terminal;
    private final String name;
    private final int total;
    private final IntSupplier running;
    private final DoubleSupplier secondsLeft;
    private final Supplier<String> left;
    private final @Nullable ProgressBar bar;
    private long lastLine = System.currentTimeMillis();
    private int done;
    private int failed;
    private double best = Double.NaN;

    /**
     * @param total number of all
     * @param running number that run at this moment
     * @param secondsLeft predicted seconds until all are done
     */
    public Progress(Terminal terminal, String name, int total, IntSupplier running, DoubleSupplier secondsLeft) {
        this(terminal, name, total, running, secondsLeft, () -> Numbers.duration(secondsLeft.getAsDouble()));
    }

    /**
     * The same, where the prediction is told in words of its own.
     *
     * @param left the time until all are done, for a person
     */
    public Progress(
            Terminal terminal,
            String name,
            int total,
            IntSupplier running,
            DoubleSupplier secondsLeft,
            Supplier<String> left) {
        this.terminal = terminal;
        this.name = name;
        this.total = total;
        this.running = running;
        this.secondsLeft = secondsLeft;
        this.left = left;
        this.bar = terminal.live() ? bar() : null;
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(DRAW_EVERY_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .setEtaFunction(state -> eta())
                .setConsumer(new ConsoleProgressBarConsumer(System.err, terminal.columns() - 1))
                .build();
    }

    private Optional<Duration> eta() {
        double seconds = secondsLeft.getAsDouble();
        return Double.isFinite(seconds) ? Optional.of(Duration.ofSeconds(Math.round(seconds))) : Optional.empty();
    }

    /** A line beside the bar, or in its message until the next one. */
    public void note(String line) {
        if (bar != null) {
            bar.setExtraMessage(line);
        } else {
            terminal.note(line);
        }
    }

    /** Counts one more as done. */
    public void ended(boolean well, double accuracy) {
        done++;
        failed += well ? 0 : 1;
        best = Double.isNaN(best) ? accuracy : Double.isNaN(accuracy) ? best : Math.max(best, accuracy);
        moved();
    }

    /** Sets the number that are done. */
    public void reached(int count) {
        done = count;
        moved();
    }

    private void moved() {
        if (bar != null) {
            bar.setExtraMessage(details().replaceFirst("^, ", ""));
            bar.stepTo(done);
        } else if (System.currentTimeMillis() - lastLine >= LINES_EVERY_MILLIS) {
            lastLine = System.currentTimeMillis();
            terminal.note("%s: %d of %d%s, about %s left".formatted(name, done, total, details(), left.get()));
        }
    }

    private String details() {
        StringBuilder details = new StringBuilder();
        if (running.getAsInt() > 0) {
            details.append(", ").append(running.getAsInt()).append(" running");
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
        if (bar != null) {
            bar.close();
        }
    }
}
