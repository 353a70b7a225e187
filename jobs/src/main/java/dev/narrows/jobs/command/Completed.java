package dev.narrows.jobs.command;

import dev.narrows.jobs.show.Numbers;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.tradeoff.StudyResults;
import java.util.List;

/** The check that there is something to choose from. */
final class Completed {
    private Completed() {}

    /** @throws BadInput where no trial of a study has ended, or none has completed */
    static void require(StudyResults results) {
        List<TrialRow> trials = results.trials();
        String folder = results.source().folder();
        if (trials.isEmpty()) {
            throw new BadInput(
                    results.size() == 1
                            ? "Cannot choose in %s: its only trial has not ended yet".formatted(folder)
                            : "Cannot choose in %s: none of its %d trials has ended yet"
                                    .formatted(folder, results.size()));
        }
        if (trials.stream().allMatch(row -> row.result().finalValidationAccuracy() == null)) {
            TrialRow first = trials.get(0);
            throw new BadInput("Cannot choose in %s: of %s none has completed; the first: %s: %s: %s"
                    .formatted(
                            folder,
                            Numbers.counted(trials.size(), "ended trial"),
                            first.variant(),
                            first.outcome().word(),
                            first.result().message()));
        }
    }
}
