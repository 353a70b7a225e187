package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.results.Journal;
import dev.narrows.results.PublicTables;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.StudyReader;
import dev.narrows.tradeoff.StudyResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The results that a command is about, given as a study file or as a results folder. Neither the data nor the whole of
 * the study need be there.
 *
 * @param unreadable files of its journal that cannot be read
 */
record GivenResults(ResultsFolder folder, StudyResults results, UnreadableFiles unreadable) {
    /**
     * What lies in the folder.
     *
     * @throws BadInput where that is no results folder, or no study file
     */
    static GivenResults read(String given) {
        if (!given.contains("://") && !Files.exists(Path.of(given))) {
            throw new BadInput("Cannot read the results of %s: there is no such study file or folder".formatted(given));
        }
        ResultsFolder folder = StatusReport.folder(given);
        String name = folder.owner()
                .orElseThrow(() -> new BadInput(
                        isFolder(given)
                                ? "Cannot read the results in %s: it is no results folder of a study".formatted(folder)
                                : "Cannot read the results of %s: it has not been run into %s; narrows run %s does"
                                        .formatted(given, folder, given)));
        Optional<Study> study =
                isFolder(given) ? kept(folder) : Optional.of(StudyReader.read(Path.of(given), List.of()));
        Journal journal = folder.journal();
        UnreadableFiles unreadable = new UnreadableFiles();
        TrialRecords records = journal.records(unreadable::row);
        PublicTables tables = PublicTables.open(folder.address(), folder.settings());
        StudyResults results = new StudyResults(
                name,
                study,
                records.trialsOf(folder.trials()),
                tables.labels(),
                records.rows(),
                journal.latency(unreadable::latency),
                tables.rejections());
        return new GivenResults(folder, results, unreadable);
    }

    private static boolean isFolder(String given) {
        return given.contains("://") || Files.isDirectory(Path.of(given));
    }

    /** The study as it was resolved when it last ran, where this version can read it. */
    private static Optional<Study> kept(ResultsFolder folder) {
        try {
            return Optional.of(ReportCommand.study(folder));
        } catch (BadInput e) {
            return Optional.empty();
        }
    }

    /** What a person should hear before figures, a line each. */
    List<String> notes() {
        return unreadable.notes();
    }

    /** @throws BadInput where no trial has ended, or none has completed */
    void requireCompleted() {
        List<TrialRow> trials = results.trials();
        if (trials.isEmpty()) {
            throw new BadInput("Cannot choose in %s: none of its %d trials has ended yet"
                    .formatted(folder, results.planned().size()));
        }
        if (trials.stream().allMatch(row -> row.result().finalValidationAccuracy() == null)) {
            TrialRow first = trials.get(0);
            throw new BadInput("Cannot choose in %s: none of %d ended trials has completed; the first: %s: %s: %s"
                    .formatted(
                            folder,
                            trials.size(),
                            first.variant(),
                            first.outcome().word(),
                            first.result().message()));
        }
    }
}
