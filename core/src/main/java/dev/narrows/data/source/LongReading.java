package dev.narrows.data.source;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Reports the progress of reading a dataset at intervals. A dataset that is read quickly causes no report. */
public final class LongReading implements AutoCloseable {
    /** Delay of the first report, so that short readings stay silent. */
    private static final long FIRST_MILLIS = 3_000;

    private static final long EVERY_MILLIS = 15_000;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "long-reading");
        thread.setDaemon(true);
        return thread;
    });

    private static volatile Consumer<String> listener = LoggerFactory.getLogger(LongReading.class)::info;

    private final String source;
    private final AtomicInteger done = new AtomicInteger();
    private final ScheduledFuture<?> telling;
    private volatile int images;

    public LongReading(String source) {
        this.source = source;
        telling = CLOCK.scheduleWithFixedDelay(this::tell, FIRST_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends reports of this process to a listener instead of the log. */
    public static void to(Consumer<String> other) {
        listener = other;
    }

    /** Begins decoding of this many images, once the files are read. */
    public void decoding(int count) {
        images = count;
    }

    /** Counts decoded images. */
    public void decoded(int count) {
        done.addAndGet(count);
    }

    private void tell() {
        // Bundled datasets are read at once, even on a busy processor.
        if (!source.startsWith(Bundled.PREFIX)) {
            listener.accept(line());
        }
    }

    String line() {
        return images == 0
                ? "reading %s".formatted(source)
                : "decoding %s: %,d of %,d images".formatted(source, done.get(), images);
    }

    @Override
    public void close() {
        telling.cancel(false);
    }
}
