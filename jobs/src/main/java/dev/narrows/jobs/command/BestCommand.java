package dev.narrows.jobs.command;

import dev.narrows.jobs.document.ChoiceDocument;
import dev.narrows.jobs.document.DifferenceDocument;
import dev.narrows.jobs.document.ImportanceDocument;
import dev.narrows.jobs.document.VariantDocument;
import dev.narrows.jobs.show.AnswerLines;
import dev.narrows.jobs.show.ChoiceTable;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Study;
import dev.narrows.study.reading.ConstraintParser;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Choice;
import dev.narrows.tradeoff.Importance;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which variant of a study to take, why, and how sure that is. */
@Command(name = "best", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class BestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GivenStudy given = new GivenStudy();

    @Option(
            names = "--where",
            paramLabel = "EXPRESSION",
            description = "constraints, instead of those of the study: \"params <= 200k and latency_p50_us < 500\"")
    private Optional<String> where = Optional.empty();

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "rows of the table (${DEFAULT-VALUE})")
    private int top;

    @Mixin
    private FormatOption format = new FormatOption();

    public BestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StudyPlace place = given.place();
        if (top < 1) {
            throw new BadInput("Cannot show the best %d: --top must be at least 1".formatted(top));
        }
        Optional<List<Constraint>> asked = where.map(text -> ConstraintParser.parse(text, "--where"));
        StudyResults results = place.results();
        Completed.require(results);
        List<Constraint> constraints =
                asked.or(() -> results.study().map(Study::constraints)).orElse(List.of());
        List<VariantSummary> summaries = results.summaries();
        refuseUnmeasured(summaries, constraints, results);
        List<String> notes = Stream.concat(results.notes().stream(), StudyPlace.leftOut(results).stream())
                .toList();
        notes.forEach(terminal::note);
        Certainty certainty = Certainty.of(summaries, results.objectives());
        Choice choice = Choice.of(summaries, constraints, results.objectives(), certainty);
        if (choice.ranking().isEmpty()) {
            throw new BadInput(nothing(summaries, constraints, results));
        }
        Answer answer = Answer.of(results, constraints, summaries, certainty);
        List<Importance> importance = answer.quality()
                .map(quality -> Importance.of(summaries, quality, certainty, results.solved()))
                .orElse(List.of());
        ChoiceDocument document = document(results, summaries, constraints, certainty, choice, importance, notes);
        format.print(
                terminal,
                () -> document,
                document::ranking,
                () -> print(
                        results,
                        answer,
                        new ChoiceTable(choice, summaries, constraints, results.objectives(), certainty, terminal)));
        return 0;
    }

    private void print(StudyResults results, Answer answer, ChoiceTable table) {
        results.study().flatMap(Study::question).ifPresent(question -> terminal.say("@|bold " + question + "|@\n"));
        table.print(top);
        terminal.say("");
        AnswerLines.print(
                answer.sentences().stream()
                        .filter(sentence ->
                                sentence.subject() != Subject.CHOICE && sentence.subject() != Subject.PROGRESS)
                        .toList(),
                terminal);
        int ended = results.trials().size();
        int planned = results.size();
        if (ended < planned) {
            terminal.say("%d of %d trials have not ended; their results may change this choice"
                    .formatted(planned - ended, planned));
        }
    }

    private static ChoiceDocument document(
            StudyResults results,
            List<VariantSummary> summaries,
            List<Constraint> constraints,
            Certainty certainty,
            Choice choice,
            List<Importance> importance,
            List<String> notes) {
        VariantSummary best = choice.best().orElseThrow();
        Optional<VariantSummary> next = choice.ranking().stream().skip(1).findFirst();
        Optional<VariantSummary> cheaper = choice.cheaper(Measure.MACS, certainty);
        return new ChoiceDocument(
                results.name(),
                results.source().folder(),
                results.study().flatMap(Study::question).orElse(null),
                results.objectives().stream().map(Objective::words).toList(),
                constraints.stream().map(Constraint::toString).toList(),
                summaries.size(),
                choice.ranking().stream()
                        .map(summary -> VariantDocument.of(
                                summary,
                                choice.frontier().contains(summary),
                                choice.likely().get(summary.id())))
                        .toList(),
                next.map(other -> DifferenceDocument.of(certainty.between(best, other)))
                        .orElse(null),
                cheaper.map(VariantSummary::label).orElse(null),
                cheaper.map(other -> DifferenceDocument.of(certainty.between(other, best)))
                        .orElse(null),
                importance.stream().map(ImportanceDocument::of).toList(),
                results.trials().size(),
                results.size(),
                notes);
    }

    /** Refuses a measure that no variant has, which would leave an empty choice without a reason. */
    private static void refuseUnmeasured(
            List<VariantSummary> summaries, List<Constraint> constraints, StudyResults results) {
        List<String> problems = constraints.stream()
                .map(Constraint::measure)
                .distinct()
                .filter(measure -> summaries.stream().allMatch(summary -> Double.isNaN(summary.measure(measure))))
                .map(measure -> "Cannot choose by %s in %s: no variant has it"
                        .formatted(measure, results.source().folder()))
                .collect(Collectors.toList());
        var first = results.objectives().get(0).measure();
        if (summaries.stream().allMatch(summary -> Double.isNaN(summary.measure(first)))) {
            problems.add("Cannot choose by %s, the first objective, in %s: no variant has it"
                    .formatted(first, results.source().folder()));
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
    }

    /** Message where no variant meets all constraints: for each, the number that do and the range of its measure. */
    private static String nothing(List<VariantSummary> summaries, List<Constraint> constraints, StudyResults results) {
        return "Cannot choose in %s: none of %d variants meets %s (%s)"
                .formatted(
                        results.source().folder(),
                        summaries.size(),
                        constraints.stream().map(Constraint::toString).collect(Collectors.joining(" and ")),
                        constraints.stream()
                                .map(constraint -> "%s: met by %d, values from %s to %s"
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
