package dev.narrows.jobs.fanout;

import dev.narrows.engine.Host;
import java.util.Optional;

/**
 * How the last driver on these results died, as far as anyone knows: {@code bin/narrows} sees the exit code of the
 * process that it starts again.
 */
public record LastDeath(Optional<Integer> exitCode) {
    private static final int SIGNALS = 128;
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    /** From what the launcher says. */
    public static LastDeath fromEnvironment() {
        return new LastDeath(Optional.ofNullable(System.getenv("NARROWS_DIED")).map(Integer::valueOf));
    }

    /** What the death means for the trials that were running, which {@code marks} name. */
    public void blame(StartedMarks marks, Suspects suspects) {
        for (StartedMarks.Mark mark : marks.standing()) {
            if (!fromOutside()) {
                // Without the exit code nobody knows whether the trial did it or somebody's kill: suspicion, not blame.
                suspects.died(mark.trialId(), mark.alone() && exitCode.isPresent(), cause(mark));
            }
            marks.clear(mark.trialId());
        }
    }

    /** Whether somebody stopped the driver on purpose, or another trial hung, and none of these is to blame. */
    private boolean fromOutside() {
        int code = exitCode.orElse(0);
        return code == SIGNALS + SIGHUP || code == SIGNALS + SIGINT || code == SIGNALS + SIGTERM || code == Death.HUNG;
    }

    private String cause(StartedMarks.Mark mark) {
        Death death = Death.here(exitCode, Host.name());
        boolean memory = death.isKill() && MemoryKills.soFar() > mark.outOfMemoryKills();
        return memory ? "signal 9 (SIGKILL) for want of memory on " + Host.name() : death.cause();
    }
}
