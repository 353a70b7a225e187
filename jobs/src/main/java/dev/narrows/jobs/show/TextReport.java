package dev.narrows.jobs.show;

import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Importance;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Answer;
import java.util.List;

/** The report of a study for a terminal: its question, the answer and the front in characters. */
public final class TextReport {
    private static final int USUAL_COLUMNS = 100;

    private TextReport() {}

    public static void print(StudyResults results, Terminal terminal) {
        terminal.say("@|bold %s|@: %d of %s ended"
                .formatted(
                        results.name(),
                        results.trials().size(),
                        results.size() == 1 ? "1 trial has" : "%d trials have".formatted(results.size())));
        results.study().flatMap(Study::question).ifPresent(question -> terminal.say("@|bold " + question + "|@"));
        terminal.say("");
        List<VariantSummary> summaries = results.summaries();
        Certainty certainty = Certainty.of(summaries, results.objectives());
        List<Constraint> constraints = results.study().map(Study::constraints).orElse(List.of());
        Answer answer = Answer.of(results, constraints, summaries, certainty);
        AnswerLines.print(answer.sentences(), terminal);
        if (answer.quality().isPresent() && !answer.budgets().isEmpty()) {
            Measure cost = answer.budgets().keySet().iterator().next();
            int width = Math.min(USUAL_COLUMNS, terminal.columns());
            terminal.say("");
            new FrontPlot(summaries, answer.quality().get(), cost, width)
                    .lines()
                    .forEach(terminal::say);
        }
        answer.quality()
                .map(quality -> Importance.of(summaries, quality, certainty, results.solved()))
                .filter(found -> !found.isEmpty())
                .ifPresent(found -> {
                    terminal.say("\nImportance of the knobs");
                    found.forEach(family -> terminal.say("  " + family.sentence()));
                });
    }
}
