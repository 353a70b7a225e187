package dev.narrows.jobs.command;

import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.results.Journal;
import dev.narrows.results.PublicTables;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.Task;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.answer.SearchSentence;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A study as a person names it: by its file, or by the results folder of a run of it. Every command takes a study by
 * this class.
 */
final class StudyPlace {
    private static final String CONF = ".conf";
    private static final String STUDY = "study" + CONF;

    private final String given;
    private final List<String> overrides;
    private final Optional<String> output;

    private StudyPlace(String given, List<String> overrides, Optional<String> output) {
        this.given = given;
        this.overrides = List.copyOf(overrides);
        this.output = output;
    }

    /** @throws BadInput as {@link #of(String, List, Optional)} */
    static StudyPlace of(String given) {
        return of(given, List.of(), Optional.empty());
    }

    /**
     * The study of this file, or of this results folder.
     *
     * @param overrides {@code key=value}, of the study file
     * @param output the folder of its results, if not {@code results/<name of the study>}
     * @throws BadInput where the latter are given for a folder, and where a name is empty
     */
    static StudyPlace of(String given, List<String> overrides, Optional<String> output) {
        if (given.isBlank()) {
            throw new BadInput("Cannot find the study '%s': name a study file or a results folder".formatted(given));
        }
        if (output.filter(String::isBlank).isPresent()) {
            throw new BadInput("Cannot take --output '%s': name a results folder".formatted(output.get()));
        }
        StudyPlace place = new StudyPlace(given, overrides, output);
        if (place.isFolder() && !overrides.isEmpty()) {
            throw new BadInput(("Cannot take --set %s with the results folder %s: its study is the one that was run;"
                            + " name the study file instead")
                    .formatted(overrides.get(0), given));
        }
        if (place.isFolder() && output.isPresent()) {
            throw new BadInput(("Cannot take --output %s with the results folder %s: results lie in that folder; name"
                            + " the study file instead")
                    .formatted(output.get(), given));
        }
        return place;
    }

    /** True where a results folder was named, and not a study file. */
    boolean isFolder() {
        return isAddress() ? !given.endsWith(CONF) : Files.isDirectory(Path.of(given));
    }

    private boolean isAddress() {
        return given.contains("://");
    }

    /**
     * The study: its file with the overrides, or as it was resolved when it last ran in this folder.
     *
     * @throws BadInput with all that is wrong with it
     */
    Study study() {
        return isFolder()
                ? kept().orElseThrow(() ->
                        new BadInput("Cannot read the study in %s: its %s is not there".formatted(given, STUDY)))
                : isAddress() ? fetched() : StudyReader.read(Path.of(given), overrides);
    }

    /**
     * The study as it was resolved when it last ran, if nothing overrides its file.
     *
     * @throws BadInput with all that is wrong with it
     */
    Study asItRan() {
        return overrides.isEmpty() ? kept().orElseGet(this::study) : study();
    }

    /** Reads the study in place, so that messages name its file; from another file system through a copy. */
    private Optional<Study> kept() {
        ResultsFolder folder = folder();
        Optional<Path> local =
                folder.local().map(path -> Path.of(folder.toString()).resolve(STUDY));
        if (local.filter(Files::exists).isPresent()) {
            return Optional.of(StudyReader.read(local.get(), List.of()));
        }
        return folder.study().map(text -> copied(text, List.of(), folder + "/" + STUDY));
    }

    /** The study of a file on another file system. */
    private Study fetched() {
        int slash = given.lastIndexOf('/');
        return Folder.at(given.substring(0, slash), HadoopSettings.here())
                .text(given.substring(slash + 1))
                .map(text -> copied(text, overrides, given))
                .orElseThrow(() -> new BadInput("Cannot read %s: there is no such file".formatted(given)));
    }

    private static Study copied(String text, List<String> overrides, String name) {
        try {
            Path copy = Files.createTempFile("study", ".conf");
            try {
                Files.writeString(copy, text);
                return StudyReader.read(copy, name, overrides);
            } catch (BadInput e) {
                throw new BadInput(e.problems().stream()
                        .map(problem -> problem.replace(copy.toString(), name))
                        .toList());
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of the study, as a person names it. */
    String studyFile() {
        return isFolder() ? given + "/" + STUDY : given;
    }

    /** The folder of its results, as a person names it. */
    String folderName() {
        return isFolder() ? given : output.orElseGet(() -> "results/" + study().name());
    }

    ResultsFolder folder() {
        return new ResultsFolder(folderName());
    }

    /**
     * The results as they are.
     *
     * @throws BadInput where there is no such file or folder, or it holds no results
     */
    StudyResults results() {
        if (!isFolder() && !isAddress() && !Files.exists(Path.of(given))) {
            throw new BadInput("Cannot read the results of %s: there is no such study file or folder".formatted(given));
        }
        return found().orElseThrow(() -> new BadInput(
                isFolder()
                        ? "Cannot read the results in %s: it is not the results folder of a study".formatted(given)
                        : "Cannot read the results of %s: it has not been run into %s; narrows run %s does"
                                .formatted(given, folderName(), given)));
    }

    /** The part of its grid that a search has left out, in a sentence; empty where a study trains its whole grid. */
    static Optional<String> leftOut(StudyResults results) {
        return results.study()
                .filter(study -> study.search().isPresent())
                .flatMap(study -> SearchSentence.of(results.planned(study, plan(study, results.trials()))));
    }

    /** Plans by the rows' record of the images, because the images may have moved. */
    static Plan plan(Study study, List<TrialRow> ended) {
        return ended.stream()
                .filter(row -> row.outcome() == Outcome.COMPLETED)
                .findFirst()
                .map(row -> new Study.Input(
                        row.input(),
                        row.classes(),
                        Optional.of(
                                row.result().finalValidationOverlap() == null
                                        ? Task.CLASSIFICATION
                                        : Task.SEGMENTATION)))
                .map(input -> Planner.plan(study, input))
                .orElseGet(() -> PlannedStudy.of(study).plan());
    }

    /** The results as they are; empty where it has none. */
    Optional<StudyResults> found() {
        ResultsFolder folder = folder();
        Optional<String> owner = folder.owner();
        PublicTables tables = PublicTables.open(folder.address(), folder.settings());
        if (owner.isPresent()) {
            return Optional.of(ofJournal(folder, owner.get(), tables));
        }
        return tables.haveTrials() ? Optional.of(ofTables(folder, tables)) : Optional.empty();
    }

    /**
     * The results of one folder among several; empty where it is no study's, or cannot be read: it does not hide the
     * others.
     *
     * @param note callback for the reason why it cannot
     */
    static Optional<StudyResults> readable(String folder, Consumer<String> note) {
        try {
            return of(folder).found();
        } catch (BadInput e) {
            e.problems().forEach(note);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            note.accept("Cannot read %s: %s".formatted(folder, Reason.of(e)));
            return Optional.empty();
        }
    }

    private StudyResults ofJournal(ResultsFolder folder, String name, PublicTables tables) {
        Journal journal = folder.journal();
        UnreadableFiles unreadable = new UnreadableFiles();
        TrialRecords records = journal.records(unreadable::row);
        List<LatencyRow> latency = journal.latency(unreadable::latency);
        Set<String> goingOn = folder.goingOn();
        List<TrialRow> rows = records.rows().stream()
                .filter(row -> row.outcome() != Outcome.PAUSED || !goingOn.contains(row.trialId()))
                .toList();
        return new StudyResults(
                name,
                readable(),
                Optional.empty(),
                folder.trials(),
                tables.labels(),
                rows,
                latency,
                source(folder, folder.driver().isPresent(), unreadable.notes()));
    }

    private StudyResults ofTables(ResultsFolder folder, PublicTables tables) {
        List<TrialRow> rows = tables.trials();
        Optional<Study> study = readable();
        return new StudyResults(
                study.map(Study::name)
                        .or(() -> rows.stream().map(TrialRow::study).findFirst())
                        .orElse(folder.toString()),
                study,
                Optional.empty(),
                Optional.empty(),
                tables.labels(),
                rows,
                tables.latency(),
                source(
                        folder,
                        false,
                        List.of(("%s holds only the public tables of a study: they do not say which of its"
                                        + " trials have not ended, or which are not in its current grid")
                                .formatted(folder))));
    }

    private static StudyResults.ResultsSource source(ResultsFolder folder, boolean running, List<String> notes) {
        return new StudyResults.ResultsSource(folder.toString(), folder + "/" + STUDY, running, notes);
    }

    /** Plans the study; one read from a folder may be of another version, and then has no plan. */
    private Optional<Study> readable() {
        if (!isFolder()) {
            return Optional.of(study());
        }
        try {
            return kept();
        } catch (BadInput e) {
            return Optional.empty();
        }
    }

    /** The study as it was given. */
    @Override
    public String toString() {
        return given;
    }
}
