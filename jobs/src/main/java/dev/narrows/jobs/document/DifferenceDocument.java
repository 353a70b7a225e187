package dev.narrows.jobs.document;

import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Interval;
import org.jspecify.annotations.Nullable;

@Meaning("A difference in quality, paired over seeds and validation images.")
public record DifferenceDocument(
        @Meaning("The measure that it is a difference of, by the names of narrows measures.")
        String measure,

        @Meaning("The difference, a share from -1 to 1; null where a side has no completed trial.") @Nullable
        Double difference,

        @Meaning("Lower end of its 95 % interval; null where reason says why.") @Nullable
        Double differenceLow,

        @Meaning("Upper end of that interval.") @Nullable Double differenceHigh,
        @Meaning("True where the interval excludes 0.") boolean settled,
        @Meaning("Seeds that both sides have.") int commonSeeds,

        @Meaning("Validation images that both sides were judged by; 0 where unknown.")
        int commonImages,

        @Meaning("Reason for a missing interval.") @Nullable String reason) {
    public static DifferenceDocument of(Difference difference) {
        return new DifferenceDocument(
                difference.measure().word(),
                Double.isFinite(difference.value()) ? difference.value() : null,
                difference.interval().map(Interval::low).orElse(null),
                difference.interval().map(Interval::high).orElse(null),
                difference.settled(),
                difference.seeds(),
                difference.images(),
                difference.reason().orElse(null));
    }
}
