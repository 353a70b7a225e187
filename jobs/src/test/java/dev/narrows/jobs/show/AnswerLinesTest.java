package dev.narrows.jobs.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.tradeoff.answer.Sentence;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class AnswerLinesTest {
    private static Sentence sentence(Subject subject, String words) {
        Standing standing = subject == Subject.KNOB ? Standing.OPEN : Standing.STATED;
        return new Sentence(subject, standing, false, words, Optional.empty());
    }

    private static List<String> lines(List<Sentence> sentences) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        AnswerLines.print(sentences, new Terminal(out, out, 200, Ansi.OFF, false));
        out.flush();
        return said.toString().lines().toList();
    }

    @Test
    void howeverManyComparisonsThereAreTheChoiceAndWhatQualifiesItAreShown() {
        List<Sentence> sentences = new ArrayList<>();
        for (int knob = 1; knob <= 20; knob++) {
            sentences.add(sentence(Subject.KNOB, "knob %d does little.".formatted(knob)));
        }
        sentences.add(sentence(Subject.CHOICE, "Take the first."));
        sentences.add(sentence(Subject.RESERVATION, "The search trained 5 of 9 variants."));
        sentences.add(sentence(Subject.PROGRESS, "1 trial has not ended."));
        assertThat(lines(sentences))
                .hasSize(12 + 1 + 3 + 1)
                .contains("≈ knob 12 does little.", "  and 8 more comparisons in the report")
                .contains("→ Take the first.", "· The search trained 5 of 9 variants.", "· 1 trial has not ended.")
                .doesNotContain("≈ knob 13 does little.");
    }
}
