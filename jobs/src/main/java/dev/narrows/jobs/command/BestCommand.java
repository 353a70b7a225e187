package dev.narrows.jobs.command;

import dev.narrows.jobs.show.ChoiceTable;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Constraint;
import dev.narrows.study.ConstraintParser;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Choice;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which variant of a study to take, why, and how sure that is. */
@Command(name = "best", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class BestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "STUDY", description = "a study file or a results folder")
    private String given = "";

    @Option(
            names = "--where",
            paramLabel = "EXPRESSION",
            description =
                    "what it must keep, instead of the study's constraints: \"params <= 200k and latency_p50_us < 500\"")
    private Optional<String> where = Optional.empty();

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "rows of the table (${DEFAULT-VALUE})")
    private int top;

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    public BestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        cluster.use();
        if (top < 1) {
            throw new BadInput("Cannot show the best %d: --top must be at least 1".formatted(top));
        }
        Optional<List<Constraint>> asked = where.map(text -> ConstraintParser.parse(text, "--where"));
        GivenResults read = GivenResults.read(given);
        read.notes().forEach(terminal::note);
        read.requireCompleted();
        StudyResults results = read.results();
        List<Constraint> constraints =
                asked.or(() -> results.study().map(Study::constraints)).orElse(List.of());
        List<VariantSummary> summaries = results.summaries();
        refuseUnmeasured(summaries, constraints, results, read);
        Certainty certainty = Certainty.of(summaries);
        Choice choice = Choice.of(summaries, constraints, results.objectives(), certainty);
        if (choice.ranking().isEmpty()) {
            throw new BadInput(nothing(summaries, constraints, read));
        }
        results.study().flatMap(Study::question).ifPresent(question -> terminal.say("@|bold " + question + "|@\n"));
        new ChoiceTable(choice, summaries, constraints, results.objectives(), certainty, terminal).print(top);
        int ended = results.trials().size();
        int planned = results.planned().size();
        if (ended < planned) {
            terminal.say("%d of %d trials have not ended; they may change this".formatted(planned - ended, planned));
        }
        return 0;
    }

    /** A measure that is null everywhere would leave nothing and not say why. */
    private static void refuseUnmeasured(
            List<VariantSummary> summaries, List<Constraint> constraints, StudyResults results, GivenResults read) {
        List<String> problems = constraints.stream()
                .map(Constraint::measure)
                .distinct()
                .filter(measure -> summaries.stream().allMatch(summary -> Double.isNaN(summary.measure(measure))))
                .map(measure -> "Cannot choose by %s in %s: no variant has it".formatted(measure, read.folder()))
                .collect(Collectors.toList());
        var first = results.objectives().get(0).measure();
        if (summaries.stream().allMatch(summary -> Double.isNaN(summary.measure(first)))) {
            problems.add("Cannot choose by %s, the first objective, in %s: no variant has it"
                    .formatted(first, read.folder()));
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
    }

    /** What is nearest to each constraint, where none keeps all. */
    private static String nothing(List<VariantSummary> summaries, List<Constraint> constraints, GivenResults read) {
        return "Cannot choose in %s: none of %d variants keeps %s (%s)"
                .formatted(
                        read.folder(),
                        summaries.size(),
                        constraints.stream().map(Constraint::toString).collect(Collectors.joining(" and ")),
                        constraints.stream()
                                .map(constraint -> "%s: %d do, from %s to %s"
                                        .formatted(
                                                constraint,
                                                summaries.stream()
                                                        .filter(s -> constraint.holds(s.measure(constraint.measure())))
                                                        .count(),
                                                bound(summaries, constraint, true),
                                                bound(summaries, constraint, false)))
                                .collect(Collectors.joining("; ")));
    }

    private static String bound(List<VariantSummary> summaries, Constraint constraint, boolean least) {
        var values = summaries.stream()
                .mapToDouble(summary -> summary.measure(constraint.measure()))
                .filter(Double::isFinite);
        double value = (least ? values.min() : values.max()).orElse(Double.NaN);
        return dev.narrows.jobs.show.Numbers.measure(constraint.measure(), value);
    }
}
