package dev.narrows.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Laws of Java sources that no formatter holds. */
class JavaStyleTest {
    private static final int LONGEST_LINE = 120;

    private static final String QUESTION = "(?:What|How|Whether|Which|Who|Whom|Whose|Where|When|Why|If)";

    private static final Pattern OPENING = Pattern.compile("\\A\\s*(" + QUESTION + "\\b[^\\n]{0,40})");

    private static final Pattern DESCRIPTION =
            Pattern.compile("\\A((?:What|How|Whether|Which|Who|Whose|By how much)\\b[^\\n?]{0,60})(?![^?]*\\?)");

    private static final Pattern TAG = Pattern.compile(
            "^@(?:param\\s+\\S+|return)\\s+(" + QUESTION + "\\b[^\\n]{0,40})",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    static List<String> longLines(String file, String source) {
        List<String> found = new ArrayList<>();
        int number = 0;
        for (String line : source.split("\n", -1)) {
            number++;
            int length = line.codePointCount(0, line.length());
            if (length > LONGEST_LINE) {
                found.add("%s: %d: %d characters: %s…: break the line at %d (a literal by \" + \", a text block by \\)"
                        .formatted(file, number, length, line.strip().substring(0, 40), LONGEST_LINE));
            }
        }
        return found;
    }

    static List<String> openings(Prose text) {
        List<String> found = new ArrayList<>();
        if (text.kind() == Prose.Kind.JAVADOC) {
            for (Pattern pattern : List.of(OPENING, TAG)) {
                Matcher matcher = pattern.matcher(text.text());
                while (matcher.find()) {
                    found.add("%s: \"%s\": begin with a noun or a verb: Reason, Number, Share, True if, Gives, Reads"
                            .formatted(text.place(matcher.start(1)), matcher.group(1)));
                }
            }
        }
        return found;
    }

    static List<String> described(Prose text) {
        Matcher matcher = DESCRIPTION.matcher(text.kind() == Prose.Kind.LITERAL ? text.text() : "");
        return matcher.lookingAt()
                ? List.of("%s: \"%s\": begin with a noun or a verb: Factor, Number, Pooling, true: a block adds"
                        .formatted(text.place(0), matcher.group(1)))
                : List.of();
    }

    @Test
    void noLineOfJavaIsLongerThan120Characters() {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            found.addAll(longLines(Repository.name(file), Repository.text(file)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyJavadocBeginsWithANounOrAVerb() {
        List<String> found = new ArrayList<>();
        int javadocs = 0;
        for (Path file : Repository.files(".java")) {
            for (Prose text : JavaTexts.of(Repository.name(file), Repository.text(file))) {
                javadocs += text.kind() == Prose.Kind.JAVADOC ? 1 : 0;
                found.addAll(openings(text));
            }
        }
        assertThat(javadocs).isGreaterThan(1000);
        assertThat(found).isEmpty();
    }

    /** Meanings of knobs, columns and options, and messages. */
    @Test
    void everyDescriptionBeginsWithANounOrAVerb() {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            if (Repository.name(file).contains("src/main/")) {
                JavaTexts.of(Repository.name(file), Repository.text(file))
                        .forEach(text -> found.addAll(described(text)));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aFindingNamesFileLineAndWords() {
        String line = "x".repeat(LONGEST_LINE);
        assertThat(longLines("A.java", "class A {}\n" + line + "\n")).isEmpty();
        assertThat(longLines("A.java", "class A {}\n" + line + "é\n"))
                .singleElement()
                .asString()
                .startsWith("A.java: 2: 121 characters: xxxx");
        String source = "/** Which of them. */\nclass A {\n    /**\n     * Share.\n     *\n     * @param a\n     *     "
                + "whether b\n     * @return the sum; what else\n     */\n    int a;\n}\n";
        List<String> found = new ArrayList<>();
        JavaTexts.of("A.java", source).forEach(text -> found.addAll(openings(text)));
        assertThat(described(Prose.of("A.java", Prose.Kind.LITERAL, 3, "Whether a block adds its input")))
                .containsExactly("A.java: 3: \"Whether a block adds its input\": begin with a noun or a verb:"
                        + " Factor, Number, Pooling, true: a block adds");
        assertThat(described(Prose.of("A.java", Prose.Kind.LITERAL, 3, "Which block is best?")))
                .isEmpty();
        assertThat(found)
                .containsExactly(
                        "A.java: 1: \"Which of them.\": begin with a noun or a verb:"
                                + " Reason, Number, Share, True if, Gives, Reads",
                        "A.java: 7: \"whether b\": begin with a noun or a verb:"
                                + " Reason, Number, Share, True if, Gives, Reads");
    }
}
