package dev.narrows.jobs.command;

import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.document.StudiesDocument;
import dev.narrows.jobs.document.StudiesDocument.ListedStudy;
import dev.narrows.jobs.show.Grid;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Criterion;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the studies that have results below a folder. */
@Command(name = "list", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
    private static final double MILLIS = 1000;

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "folder with results folders in it, on any file system of Hadoop (default: ${DEFAULT-VALUE})")
    private String folder = "results";

    @Mixin
    private FormatOption format = new FormatOption();

    public ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StudiesDocument document = new StudiesDocument(
                folder,
                folders().stream()
                        .flatMap(path -> listed(path).stream())
                        .sorted(Comparator.comparing(
                                        ListCommand::when, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
                                .reversed())
                        .toList());
        if (document.studies().isEmpty()) {
            terminal.note("No study has results in %s; narrows run STUDY writes into results/<name of the study>"
                    .formatted(folder));
        }
        format.print(terminal, () -> document, document::studies, () -> print(document.studies()));
        return 0;
    }

    private static @org.jspecify.annotations.Nullable String when(ListedStudy study) {
        return study.lastTrialAt();
    }

    /** The folders in the folder, or itself where it is one of results. */
    private List<String> folders() {
        String parent = folder.length() > 1 ? folder.replaceFirst("/+$", "") : folder;
        List<String> inside;
        try {
            inside = Folder.at(parent, HadoopSettings.here())
                    .folders()
                    .orElseThrow(() -> refusal("there is no such folder"));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw refusal(Reason.of(e));
        }
        return listed(parent).isPresent()
                ? List.of(parent)
                : inside.stream().map(name -> parent + "/" + name).toList();
    }

    private BadInput refusal(String reason) {
        return new BadInput("Cannot list the studies in %s: %s".formatted(folder, reason));
    }

    private Optional<ListedStudy> listed(String path) {
        return StudyPlace.readable(path, terminal::note).map(ListCommand::listed);
    }

    private static ListedStudy listed(StudyResults results) {
        List<TrialRow> trials = results.trials();
        Objective first = results.objectives().get(0);
        Criterion<VariantSummary> criterion =
                VariantSummary.criteria(List.of(first)).get(0);
        double sign = first.direction() == Objective.Direction.MAXIMIZE ? -1 : 1;
        Optional<VariantSummary> best = results.summaries().stream()
                .filter(summary -> !Double.isNaN(summary.measure(first.measure())))
                .min(Comparator.comparingDouble(
                        summary -> sign * criterion.value().applyAsDouble(summary)));
        OptionalLong last = trials.stream()
                .mapToLong(row -> row.result().startedAt()
                        + Math.round(MILLIS * row.result().totalSeconds()))
                .max();
        return new ListedStudy(
                results.name(),
                results.source().folder(),
                trials.size(),
                results.planned().isPresent() ? results.size() : null,
                results.source().running(),
                last.isPresent() ? Instant.ofEpochMilli(last.getAsLong()).toString() : null,
                first.measure().word(),
                best.map(summary -> summary.measure(first.measure())).orElse(null),
                best.map(VariantSummary::label).orElse(null));
    }

    private void print(List<ListedStudy> studies) {
        if (studies.isEmpty()) {
            return;
        }
        new Grid<>(studies)
                .words("study", ListedStudy::study)
                .words("folder", ListedStudy::folder)
                .number(
                        "trials",
                        study -> study.trials() == null
                                ? String.valueOf(study.endedTrials())
                                : "%d/%d".formatted(study.endedTrials(), study.trials()))
                .words("state", ListCommand::state)
                .words(
                        "last trial",
                        study -> study.lastTrialAt() == null
                                ? "–"
                                : study.lastTrialAt().substring(0, 16).replace('T', ' '))
                .number("best", ListCommand::best)
                .rest("variant", study -> study.bestVariant() == null ? "–" : study.bestVariant(), terminal)
                .print(terminal, ListedStudy::running);
    }

    private static String state(ListedStudy study) {
        if (study.running()) {
            return "running";
        }
        return study.trials() == null ? "tables only" : study.endedTrials() < study.trials() ? "stopped" : "complete";
    }

    private static String best(ListedStudy study) {
        OptionalDouble best = study.best() == null ? OptionalDouble.empty() : OptionalDouble.of(study.best());
        return Measure.of(study.measure())
                .map(measure -> Numbers.measure(measure, best.orElse(Double.NaN)))
                .orElse("–");
    }
}
