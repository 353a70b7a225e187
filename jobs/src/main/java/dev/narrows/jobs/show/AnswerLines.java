package dev.narrows.jobs.show;

import dev.narrows.tradeoff.answer.Sentence;
import java.util.ArrayList;
import java.util.List;

/** The sentences of an answer on a terminal, a mark before each, as wide as the terminal. */
public final class AnswerLines {
    /** Most sentences that compare; the report has all. */
    private static final int MOST = 12;

    private static final String INDENT = "  ";

    private AnswerLines() {}

    public static void print(List<Sentence> sentences, Terminal terminal) {
        List<Sentence> comparisons =
                sentences.stream().filter(AnswerLines::compares).toList();
        comparisons.stream().limit(MOST).forEach(sentence -> print(sentence, terminal));
        if (comparisons.size() > MOST) {
            terminal.say(INDENT
                    + "and %s in the report".formatted(Numbers.counted(comparisons.size() - MOST, "more comparison")));
        }
        // The choice, and what qualifies it, always follow.
        sentences.stream().filter(sentence -> !compares(sentence)).forEach(sentence -> print(sentence, terminal));
        if (sentences.stream().anyMatch(sentence -> mark(sentence).matches("[✓≈?]"))) {
            terminal.say("✓ settled: the 95 % interval excludes zero   ≈ not settled   ? no interval");
        }
    }

    private static void print(Sentence sentence, Terminal terminal) {
        wrapped(sentence.words(), terminal.columns() - INDENT.length())
                .forEach(new Marked(mark(sentence), terminal)::line);
    }

    private static boolean compares(Sentence sentence) {
        return switch (sentence.subject()) {
            case KNOB, FAMILIES -> true;
            case CHOICE, RESERVATION, PROGRESS -> false;
        };
    }

    /** Mark of a sentence before its first line. */
    static String mark(Sentence sentence) {
        return switch (sentence.subject()) {
            case KNOB, FAMILIES ->
                switch (sentence.standing()) {
                    case SETTLED -> "✓";
                    case OPEN -> "≈";
                    case UNKNOWN, STATED -> "?";
                };
            case CHOICE -> "→";
            case RESERVATION, PROGRESS -> "·";
        };
    }

    private static final class Marked {
        private final Terminal terminal;
        private String mark;

        Marked(String mark, Terminal terminal) {
            this.mark = mark;
            this.terminal = terminal;
        }

        void line(String words) {
            terminal.say(mark + " " + words);
            mark = " ";
        }
    }

    /** Lines of at most so many characters, if no word is longer. */
    static List<String> wrapped(String words, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : List.of(words.split(" ", -1))) {
            if (line.length() > 0 && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
