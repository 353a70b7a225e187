package dev.narrows.jobs.command;

import dev.narrows.jobs.document.ComparisonDocument;
import dev.narrows.jobs.show.LatencyComparison;
import dev.narrows.jobs.show.StudyComparison;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TrialComparison;
import dev.narrows.study.BadInput;
import dev.narrows.tradeoff.MixedForms;
import dev.narrows.tradeoff.StudyResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two trials, two variants or two studies, and says how certain their difference is. */
@Command(name = "compare", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "ONE",
            description = "a trial or variant (id prefix or label), or a study file or results folder")
    private String one = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "another of the same")
    private String other = "";

    @Option(
            names = "--in",
            paramLabel = "STUDY",
            description = "study file or results folder to search for trials (default: all folders below results)")
    private Optional<String> in = Optional.empty();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private FormatOption format = new FormatOption();

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
            StudyResults first = StudyPlace.of(one).results();
            StudyResults second = StudyPlace.of(other).results();
            List<String> notes = new ArrayList<>();
            for (StudyResults results : List.of(first, second)) {
                notes.addAll(results.source().notes());
                StudyPlace.leftOut(results)
                        .map(words -> results.source().folder() + ": " + words)
                        .ifPresent(notes::add);
            }
            MixedForms.note(Stream.concat(first.trials().stream(), second.trials().stream()))
                    .ifPresent(notes::add);
            notes.forEach(terminal::note);
            if (first.trials().isEmpty() && second.trials().isEmpty()) {
                LatencyComparison latency = new LatencyComparison(first.latency(), second.latency());
                if (!latency.isEmpty()) {
                    ComparisonDocument document = latency.document(one, other, notes);
                    format.print(terminal, () -> document, document::latency, () -> latency.print(terminal));
                    return 0;
                }
            }
            Completed.require(first);
            Completed.require(second);
            StudyComparison comparison = new StudyComparison(first, second);
            format.print(
                    terminal,
                    () -> comparison.document(notes),
                    () -> comparison.document(notes).common(),
                    () -> comparison.print(terminal));
            return 0;
        }
        List<StudyResults> places = FoundTrial.places(in, terminal::note);
        places.forEach(place -> place.notes().forEach(terminal::note));
        FoundTrial first = FoundTrial.of(one, places);
        FoundTrial second = FoundTrial.of(other, places);
        TrialComparison comparison = TrialComparison.of(side(first), side(second));
        List<String> notes =
                places.stream().flatMap(place -> place.notes().stream()).toList();
        format.print(terminal, () -> comparison.document(notes), () -> comparison.print(terminal));
        return 0;
    }

    private static boolean isStudy(String given) {
        return given.contains("://") || Files.exists(Path.of(given));
    }

    private static TrialComparison.Side side(FoundTrial found) {
        return new TrialComparison.Side(
                found.in().summaries(),
                found.variant().id(),
                found.trial(),
                found.in().objectives(),
                found.in().source().folder());
    }
}
