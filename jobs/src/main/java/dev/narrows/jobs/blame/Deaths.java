package dev.narrows.jobs.blame;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The deaths that make a trial a suspect. Only those count for blame in which nothing else ran in the process.
 *
 * @param alone causes of the deaths that count, the oldest first
 */
public record Deaths(List<String> alone) {
    /** The record of a trial whose process died in company, or has not died. */
    public static final Deaths NONE_ALONE = new Deaths(List.of());

    /** Deaths alone until a trial is {@code crashed}: one could be a fault of the host. */
    private static final int DEATHS_TO_BLAME = 2;

    /** Deaths alone where each could be a kill by hand: so many are unlikely to be chance. */
    private static final int UNSURE_DEATHS_TO_BLAME = 4;

    public Deaths {
        alone = List.copyOf(alone);
    }

    /**
     * The same record with one more death.
     *
     * @param diedAlone true where nothing else ran in that process
     */
    public Deaths plus(boolean diedAlone, String cause) {
        return diedAlone
                ? new Deaths(Stream.concat(alone.stream(), Stream.of(cause)).toList())
                : this;
    }

    /** The verdict; empty for a trial that is not to blame, or not yet. */
    public Optional<Verdict> verdict() {
        long sure = alone.stream().filter(Death::isSure).count();
        if (sure < DEATHS_TO_BLAME && alone.size() < UNSURE_DEATHS_TO_BLAME) {
            return Optional.empty();
        }
        String last = alone.get(alone.size() - 1);
        return Optional.of(new Verdict(
                "its process died %d times with nothing else running: %s".formatted(alone.size(), last),
                Death.host(last)));
    }
}
