package dev.narrows.jobs.fanout;

import dev.narrows.engine.Host;
import java.util.Optional;

/**
 * How the last driver on these results died, as far as anyone knows: {@code bin/narrows} sees the exit code of the
 * process that it starts again.
 */
public record LastDeath(Optional<Integer> exitCode) {
    private static final int SIGNALS = 128;
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    /** From what the launcher says. */
    public static LastDeath fromEnvironment() {
        return new LastDeath(Optional.ofNullable(System.getenv("NARROWS_DIED")).map(Integer::valueOf));
    }

    /** What the death means for the trials that were running, which {@code marks} name. */
    public void blame(StartedMarks marks, Suspects suspects) {
        for (StartedMarks.Mark mark : marks.standing()) {
            if (!fromOutside(mark)) {
                // Without the exit code nobody knows whether the trial did it or somebody's kill: suspicion, not blame.
                suspects.died(mark.trialId(), mark.alone() && exitCode.isPresent(), cause());
            }
            marks.clear(mark.trialId());
        }
    }

    /** Whether somebody stopped the driver on purpose, and no trial is to blame. */
    private boolean fromOutside(StartedMarks.Mark mark) {
        int signal = exitCode.orElse(0) - SIGNALS;
        boolean killed = signal == SIGKILL && MemoryKills.soFar() <= mark.outOfMemoryKills();
        return killed || signal == SIGINT || signal == SIGTERM;
    }

    private String cause() {
        return exitCode.map(code -> code > SIGNALS ? "signal " + (code - SIGNALS) : "exit code " + code)
                        .orElse("an unknown cause")
                + " on " + Host.name();
    }
}
