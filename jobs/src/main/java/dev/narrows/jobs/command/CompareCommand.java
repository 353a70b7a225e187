package dev.narrows.jobs.command;

import dev.narrows.jobs.show.LatencyComparison;
import dev.narrows.jobs.show.StudyComparison;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TrialComparison;
import dev.narrows.study.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets two trials, two variants or two studies against each other, with how sure their difference is. */
@Command(name = "compare", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "ONE",
            description = "a trial or variant (how its id begins, or a label), or a study file or results folder")
    private String one = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "another of the same")
    private String other = "";

    @Option(
            names = "--in",
            paramLabel = "STUDY",
            description = "where to look for trials: a study file or a results folder (default: all below results)")
    private Optional<String> in = Optional.empty();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    public CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        cluster.use();
        boolean studies = isStudy(one);
        if (studies != isStudy(other)) {
            throw new BadInput("Cannot compare %s with %s: one is a study and the other is not a file or folder"
                    .formatted(one, other));
        }
        if (studies) {
            GivenResults first = GivenResults.read(one);
            GivenResults second = GivenResults.read(other);
            List.of(first, second).forEach(given -> given.notes().forEach(terminal::note));
            if (first.results().trials().isEmpty() && second.results().trials().isEmpty()) {
                LatencyComparison latency = new LatencyComparison(
                        first.results().latency(), second.results().latency());
                if (!latency.isEmpty()) {
                    latency.print(terminal);
                    return 0;
                }
            }
            first.requireCompleted();
            second.requireCompleted();
            new StudyComparison(
                            first.folder().toString(),
                            first.results(),
                            second.folder().toString(),
                            second.results())
                    .print(terminal);
            return 0;
        }
        List<GivenResults> places = FoundTrial.places(in);
        places.forEach(place -> place.notes().forEach(terminal::note));
        FoundTrial first = FoundTrial.of(one, places);
        FoundTrial second = FoundTrial.of(other, places);
        TrialComparison.of(side(first), side(second)).print(terminal);
        return 0;
    }

    private static boolean isStudy(String given) {
        return given.contains("://") || Files.exists(Path.of(given));
    }

    private static TrialComparison.Side side(FoundTrial found) {
        return new TrialComparison.Side(
                found.in().results().summaries(),
                found.variant().id(),
                found.trial(),
                found.in().folder().toString());
    }
}
