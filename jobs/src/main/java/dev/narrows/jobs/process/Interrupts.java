package dev.narrows.jobs.process;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Ctrl-C or SIGTERM: the first ends the study in order within a minute, the second ends the process. */
public final class Interrupts implements AutoCloseable {
    /** 128 plus the signal's number, as in shells. */
    public static final int EXIT_CODE = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    /** Longest time for an end in order: a batch, the tables, and the end of Spark. Anything longer hangs. */
    private static final long PATIENCE_MILLIS = 60_000;

    private final Runnable stop;
    private final Runnable lastWord;
    private final List<@Nullable Object> before = new ArrayList<>();
    private boolean asked;

    /**
     * @param stop ends the study; called on a thread of the JVM
     * @param lastWord prints a message where the process ends without order: at the second signal, or long after the
     *     first
     */
    public Interrupts(Runnable stop, Runnable lastWord) {
        this.stop = stop;
        this.lastWord = lastWord;
        for (String signal : SIGNALS) {
            before.add(Signals.register(signal, this::hear));
        }
    }

    private synchronized void hear() {
        if (asked) {
            halt();
        }
        asked = true;
        Thread last = new Thread(this::haltLater, "narrows-last-word");
        last.setDaemon(true);
        last.start();
        stop.run();
    }

    private void haltLater() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
            halt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void halt() {
        lastWord.run();
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    @Override
    public void close() {
        for (int i = 0; i < SIGNALS.size(); i++) {
            Signals.unregister(SIGNALS.get(i), before.get(i));
        }
    }
}
