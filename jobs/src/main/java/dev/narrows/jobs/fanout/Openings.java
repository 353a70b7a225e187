package dev.narrows.jobs.fanout;

import dev.narrows.trial.Trial;
import java.util.List;

/** Trials that open while a run is under way. */
@FunctionalInterface
public interface Openings {
    /** Nothing opens. */
    Openings NONE = List::of;

    /** The trials that may begin and were not handed over before. */
    List<Trial> open();

    /** True where more may open although no trial runs. */
    default boolean isPending() {
        return false;
    }
}
