package dev.narrows.jobs.show;

import dev.narrows.tradeoff.answer.Sentence;
import java.util.ArrayList;
import java.util.List;

/** The sentences of an answer on a terminal, a mark before each, as wide as the terminal. */
public final class AnswerLines {
    /** Most sentences; the report has all. */
    private static final int MOST = 16;

    private static final String INDENT = "  ";

    private AnswerLines() {}

    public static void print(List<Sentence> sentences, Terminal terminal) {
        sentences.stream()
                .limit(MOST)
                .forEach(sentence -> wrapped(sentence.words(), terminal.columns() - INDENT.length())
                        .forEach(new Marked(mark(sentence), terminal)::line));
        if (sentences.size() > MOST) {
            terminal.say(INDENT
                    + "and %s in the report".formatted(Numbers.counted(sentences.size() - MOST, "more sentence")));
        }
        if (sentences.stream().anyMatch(sentence -> mark(sentence).matches("[✓≈?]"))) {
            terminal.say("✓ settled: the 95 % interval excludes zero   ≈ not settled   ? no interval");
        }
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
