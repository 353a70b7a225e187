package dev.narrows.jobs.command;

import dev.narrows.files.Reason;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.report.StudyReport;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TextReport;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.Task;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.trial.Outcome;
import java.awt.Desktop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of a study, finished or not. */
@Command(name = "report", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GivenStudy given = new GivenStudy();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "file for the report (default: report.html in the results folder)")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--open", description = "open it in the browser")
    private boolean open;

    @Option(names = "--text", description = "print the answer and the front here and write no file")
    private boolean text;

    public ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (text && (open || file.isPresent())) {
            throw new BadInput(
                    "Cannot print the report with %s: --text writes no file".formatted(open ? "--open" : "--to"));
        }
        StudyPlace place = given.place();
        ResultsFolder folder = place.folder();
        StudyResults results = place.found()
                .orElseThrow(() -> new BadInput(
                        "Cannot report on the study in %s: it has not been run there; narrows run writes its results"
                                .formatted(folder)));
        results.notes().forEach(terminal::note);
        Study study = place.asItRan();
        StudyResults planned = results.planned(study, plan(study, results.trials()));
        if (text) {
            TextReport.print(planned, terminal);
            return 0;
        }
        String html = StudyReport.html(planned, Instant.now());
        if (file.isPresent()) {
            WholeFile.write(file.get(), html);
        } else {
            keep(html, folder);
        }
        String target = file.map(Path::toString).orElse(folder + "/" + ResultsFolder.REPORT);
        terminal.say("Report: " + target);
        if (open) {
            show(file.or(() -> folder.local().map(path -> path.resolve(ResultsFolder.REPORT))), target);
        }
        return 0;
    }

    private static void keep(String html, ResultsFolder folder) {
        try {
            folder.keepReport(html);
        } catch (UncheckedIOException e) {
            throw new BadInput("Cannot write the report into %s: %s; give another place with --to FILE"
                    .formatted(folder, Reason.of(e)));
        }
    }

    /** Plans by the rows' record of the images, because the images may have moved. */
    private static Plan plan(Study study, List<TrialRow> ended) {
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

    private void show(Optional<Path> local, String target) {
        try {
            if (local.isEmpty()) {
                throw new IOException("it is not on a disk of this machine; give --to FILE");
            }
            if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                throw new IOException("Java finds no desktop on this machine");
            }
            Desktop.getDesktop().browse(local.get().toAbsolutePath().toUri());
        } catch (IOException | UnsupportedOperationException e) {
            terminal.note("Cannot show %s in a browser: %s".formatted(target, e.getMessage()));
        }
    }
}
