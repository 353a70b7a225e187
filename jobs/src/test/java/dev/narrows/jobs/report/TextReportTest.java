package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.show.AnswerLines;
import dev.narrows.jobs.show.FrontPlot;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TextReport;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.tradeoff.answer.Sentence;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The terminal says what the page says, within its width. */
class TextReportTest {
    @TempDir
    private Path folder;

    private static String printed(int columns, Consumer<Terminal> print) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        print.accept(new Terminal(writer, writer, columns, Ansi.OFF, false));
        writer.flush();
        return out.toString();
    }

    @Test
    void thePageAndTheTerminalHaveTheSameSentences() throws IOException {
        MadeUpStudy study = MadeUpStudy.usual(folder).complete();
        StudyResults results = study.results(false);
        List<Sentence> sentences = Answer.of(results).sentences();
        String text = printed(Integer.MAX_VALUE, terminal -> TextReport.print(results, terminal));
        String html = study.html();
        assertThat(sentences).hasSizeGreaterThan(8);
        for (Sentence sentence : sentences) {
            assertThat(text).contains(sentence.words());
            assertThat(html.contains(sentence.words())).as(sentence.words()).isTrue();
        }
    }

    @Test
    void linesAreNoWiderThanTheTerminal() throws IOException {
        StudyResults results = MadeUpStudy.usual(folder).complete().results(false);
        String text =
                printed(80, terminal -> AnswerLines.print(Answer.of(results).sentences(), terminal));
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text.lines().filter(line -> line.startsWith("→ ")))
                .first()
                .asString()
                .startsWith("→ Without a limit on cost, take ");
    }

    @Test
    void thePlotHasALetterForEveryVariantOnTheFront() throws IOException {
        StudyResults results = MadeUpStudy.usual(folder).complete().results(false);
        List<String> lines =
                new FrontPlot(results.summaries(), Measure.VALIDATION_ACCURACY, Measure.PARAMS, 100).lines();
        assertThat(lines.get(0)).startsWith("y axis: validation accuracy, x axis: params");
        long members = lines.stream().filter(line -> line.matches("[a-z]  .*")).count();
        String plot = String.join("\n", lines.subList(1, 17));
        for (int member = 0; member < members; member++) {
            assertThat(plot).contains(String.valueOf((char) ('a' + member)));
        }
        assertThat(members).isGreaterThan(1);
    }

    @Test
    void withoutResultsThereIsNoPlot() throws IOException {
        StudyResults results = MadeUpStudy.usual(folder).results(false);
        assertThat(printed(100, terminal -> TextReport.print(results, terminal)))
                .contains("0 of 32 trials have ended", "There is no answer yet: no trial has a result.")
                .doesNotContain("y axis");
        assertThat(new FrontPlot(List.of(), Measure.VALIDATION_ACCURACY, Measure.PARAMS, 100).lines())
                .isEmpty();
    }
}
