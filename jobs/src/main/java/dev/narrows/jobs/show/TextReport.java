package dev.narrows.jobs.show;

import dev.narrows.study.Measure;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.answer.Answer;

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
        Answer answer = Answer.of(results);
        AnswerLines.print(answer.sentences(), terminal);
        if (answer.quality().isPresent() && !answer.budgets().isEmpty()) {
            Measure cost = answer.budgets().keySet().iterator().next();
            int width = Math.min(USUAL_COLUMNS, terminal.columns());
            terminal.say("");
            new FrontPlot(results.summaries(), answer.quality().get(), cost, width)
                    .lines()
                    .forEach(terminal::say);
        }
    }
}
