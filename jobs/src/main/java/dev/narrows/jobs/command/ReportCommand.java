package dev.narrows.jobs.command;

import dev.narrows.files.Reason;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.report.Material;
import dev.narrows.jobs.report.Report;
import dev.narrows.jobs.run.PlannedStudy;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.StudyReader;
import dev.narrows.study.Task;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.awt.Desktop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a study, finished or not. */
@Command(name = "report", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "STUDY", description = "a study file or a results folder")
    private String given = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "where the report goes (default: report.html in the results folder)")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--open", description = "show it in the browser")
    private boolean open;

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    public ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        cluster.use();
        ResultsFolder folder = StatusReport.folder(given);
        if (folder.owner().isEmpty()) {
            throw new BadInput(
                    "Cannot report on the study in %s: it has not been run there; narrows run makes its results"
                            .formatted(folder));
        }
        String html = Report.html(material(folder));
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
            throw new BadInput("Cannot write the report into %s: %s; say --to FILE for another place"
                    .formatted(folder, Reason.of(e)));
        }
    }

    private Material material(ResultsFolder folder) {
        Study study = study(folder);
        UnreadableFiles unreadable = new UnreadableFiles();
        TrialRecords records = folder.journal().records(unreadable::row);
        Set<String> trials = new HashSet<>(records.trialsOf(folder.trials()));
        List<TrialRow> ended = records.rows().stream()
                .filter(row -> trials.contains(row.trialId()))
                .toList();
        List<LatencyRow> latency = folder.journal().latency(unreadable::latency);
        unreadable.notes().forEach(terminal::note);
        return new Material(
                study,
                plan(study, ended),
                trials.size(),
                ended,
                latency,
                folder.driver().isPresent(),
                folder + "/study.conf",
                folder.toString(),
                Instant.now());
    }

    /** By what the rows tell of the images, as these may be elsewhere by now. */
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

    /**
     * The study as it was resolved when it last ran.
     *
     * @throws BadInput where that is not there, or this version cannot read it
     */
    static Study study(ResultsFolder folder) {
        String text = folder.study()
                .orElseThrow(() -> new BadInput(
                        "Cannot report on the study in %s: its study.conf is not there".formatted(folder)));
        try {
            Path copy = Files.createTempFile("study", ".conf");
            try {
                Files.writeString(copy, text);
                return StudyReader.read(copy, List.of());
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(Optional<Path> local, String target) {
        try {
            if (local.isEmpty()) {
                throw new IOException("it is not on a disk of this machine; say --to FILE");
            }
            if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                throw new IOException("this machine shows Java no desktop");
            }
            Desktop.getDesktop().browse(local.get().toAbsolutePath().toUri());
        } catch (IOException | UnsupportedOperationException e) {
            terminal.note("Cannot show %s in a browser: %s".formatted(target, e.getMessage()));
        }
    }
}
