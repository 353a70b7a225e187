package dev.narrows.jobs.blame;

import dev.narrows.engine.Host;
import java.util.Optional;

/**
 * The death of the last driver on these results, as far as anyone knows: {@code bin/narrows} sees the exit code of the
 * process that it starts again.
 */
public record LastDeath(Optional<Integer> exitCode) {
    private static final int SIGNALS = 128;
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    /** Reads it from the environment, where the launcher puts it. */
    public static LastDeath fromEnvironment() {
        return new LastDeath(Optional.ofNullable(System.getenv("NARROWS_DIED")).map(Integer::valueOf));
    }

    /**
     * Suspects the trials that were running, which {@code marks} name, unless somebody ended the driver from outside.
     */
    public void blame(StartedMarks marks, Suspects suspects) {
        for (StartedMarks.StartedMark mark : marks.standing()) {
            if (!fromOutside()) {
                // Without the exit code, the trial or a kill by hand may be the cause: suspicion, not blame.
                suspects.died(mark.trialId(), mark.alone() && exitCode.isPresent(), cause(mark));
            }
            marks.clear(mark.trialId());
        }
    }

    /** True where somebody stopped the driver on purpose, or another trial hung: none of these is to blame. */
    private boolean fromOutside() {
        int code = exitCode.orElse(0);
        return code == SIGNALS + SIGHUP || code == SIGNALS + SIGINT || code == SIGNALS + SIGTERM || code == Death.HUNG;
    }

    private String cause(StartedMarks.StartedMark mark) {
        Death death = Death.here(exitCode, Host.name());
        boolean memory = death.isKill() && MemoryKills.soFar() > mark.outOfMemoryKills();
        return memory ? "signal 9 (SIGKILL) for want of memory on " + Host.name() : death.cause();
    }
}
