package dev.narrows.jobs.command;

import dev.narrows.jobs.document.LatencyDocument;
import dev.narrows.jobs.document.TrialDocument;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TrialCard;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a trial: its settings, its result, its learning curve, and the command that runs it again. */
@Command(name = "show", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "TRIAL",
            description = "id prefix of a trial, or its place in trials.parquet, counted from 1; or id prefix or"
                    + " label of a variant, whose first seed is shown")
    private String word = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "STUDY",
            description = "study file or results folder to search (default: all folders below results)")
    private Optional<String> study = Optional.empty();

    @Option(names = "--in", paramLabel = "STUDY", description = "the same as STUDY")
    private Optional<String> in = Optional.empty();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        cluster.use();
        if (study.isPresent() && in.isPresent()) {
            throw new BadInput(
                    "Cannot take --in %s beside %s: both name the study to search".formatted(in.get(), study.get()));
        }
        FoundTrial found = FoundTrial.of(word, FoundTrial.places(study.or(() -> in), terminal::note));
        TrialRow row = found.trial()
                .or(() -> found.variant().chosen().stream().findFirst())
                .orElseGet(() -> found.variant().trials().get(0));
        String again = RunAgain.command(
                row, found.in().source().studyFile(), found.in().study());
        found.in().notes().forEach(terminal::note);
        format.print(
                terminal,
                () -> TrialDocument.of(
                        row,
                        found.variant().label(),
                        found.variant().latency().stream()
                                .map(LatencyDocument.Probe::of)
                                .toList(),
                        found.in().source().folder(),
                        again),
                () -> {
                    new TrialCard(row, found.variant(), terminal).print();
                    terminal.say("");
                    terminal.say("Run it again:");
                    terminal.say("  " + again);
                });
        return 0;
    }
}
