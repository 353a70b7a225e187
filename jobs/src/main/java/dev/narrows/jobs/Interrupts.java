package dev.narrows.jobs;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Ctrl-C, and a polite kill: the first ends the study in order, the second ends the process. */
final class Interrupts implements AutoCloseable {
    /** 128 and the signal's number, as shells say it. */
    static final int EXIT_CODE = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final Runnable stop;
    private final List<@Nullable Object> before = new ArrayList<>();
    private boolean asked;

    /** @param stop what ends the study; called on a thread of the JVM's own */
    Interrupts(Runnable stop) {
        this.stop = stop;
        for (String signal : SIGNALS) {
            before.add(Signals.register(signal, this::hear));
        }
    }

    private synchronized void hear() {
        if (asked) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        asked = true;
        stop.run();
    }

    @Override
    public void close() {
        for (int i = 0; i < SIGNALS.size(); i++) {
            Signals.unregister(SIGNALS.get(i), before.get(i));
        }
    }
}
