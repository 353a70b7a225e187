package dev.narrows.jobs.command;

import dev.narrows.files.Reason;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.report.StudyReport;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TextReport;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.JoinedStudies;
import dev.narrows.tradeoff.StudyResults;
import java.awt.Desktop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a study, finished or not, or of several together; serves that of a study that runs. */
@Command(name = "report", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GivenStudy given = new GivenStudy();

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "OTHER",
            description = "further studies, for one report of all with a front over all their variants")
    private List<String> others = new ArrayList<>();

    @Mixin
    private FollowOptions follow = new FollowOptions();

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
    public Integer call() throws InterruptedException {
        boolean following = follow.asked();
        refuseContradictions(following);
        StudyPlace place = given.place();
        if (following) {
            return follow.serve(place, () -> planned(place), terminal, this::showAddress);
        }
        StudyResults results = others.isEmpty() ? planned(place) : together(place);
        results.notes().forEach(terminal::note);
        if (text) {
            TextReport.print(results, terminal);
            return 0;
        }
        ResultsFolder folder = place.folder();
        String html = StudyReport.html(results, Instant.now());
        if (file.isPresent()) {
            WholeFile.write(file.get(), html);
        } else {
            keep(html, folder);
        }
        String target = file.map(Path::toString).orElse(folder + "/" + ResultsFolder.REPORT);
        terminal.say("Report: " + target);
        if (open) {
            show(
                    file.or(() -> folder.local().map(path -> path.resolve(ResultsFolder.REPORT)))
                            .map(path -> path.toAbsolutePath().toUri()),
                    target);
        }
        return 0;
    }

    private void refuseContradictions(boolean following) {
        if (text && (open || file.isPresent())) {
            throw new BadInput(
                    "Cannot print the report with %s: --text writes no file".formatted(open ? "--open" : "--to"));
        }
        if (following && (text || file.isPresent())) {
            throw new BadInput("Cannot serve the report with %s: --follow shows it in a browser and writes no file"
                    .formatted(text ? "--text" : "--to"));
        }
        if (others.isEmpty()) {
            return;
        }
        if (following) {
            throw new BadInput(
                    "Cannot follow %d studies: --follow serves the report of one".formatted(1 + others.size()));
        }
        if (given.isChanged()) {
            throw new BadInput("Cannot take --set or --output with %d studies: name the results folder of each"
                    .formatted(1 + others.size()));
        }
        if (!text && file.isEmpty()) {
            throw new BadInput(("Cannot write the report of %d studies: none of their results folders is its place;"
                            + " give one with --to FILE")
                    .formatted(1 + others.size()));
        }
    }

    /** All studies as one. */
    private StudyResults together(StudyPlace first) {
        return JoinedStudies.of(Stream.concat(Stream.of(first), others.stream().map(StudyPlace::of))
                .map(ReportCommand::planned)
                .toList());
    }

    private static StudyResults planned(StudyPlace place) {
        StudyResults results = place.found()
                .orElseThrow(() -> new BadInput(
                        "Cannot report on the study in %s: it has not been run there; narrows run writes its results"
                                .formatted(place.folder())));
        Study study = place.asItRan();
        return results.planned(study, StudyPlace.plan(study, results.trials()));
    }

    private static void keep(String html, ResultsFolder folder) {
        try {
            folder.keepReport(html);
        } catch (UncheckedIOException e) {
            throw new BadInput("Cannot write the report into %s: %s; give another place with --to FILE"
                    .formatted(folder, Reason.of(e)));
        }
    }

    private void showAddress(String address) {
        if (open) {
            show(Optional.of(URI.create(address)), address);
        }
    }

    private void show(Optional<URI> address, String target) {
        try {
            if (address.isEmpty()) {
                throw new IOException("it is not on a disk of this machine; give --to FILE");
            }
            if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                throw new IOException("Java finds no desktop on this machine");
            }
            Desktop.getDesktop().browse(address.get());
        } catch (IOException | UnsupportedOperationException e) {
            terminal.note("Cannot show %s in a browser: %s".formatted(target, e.getMessage()));
        }
    }
}
