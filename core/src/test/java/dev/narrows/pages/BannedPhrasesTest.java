package dev.narrows.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Phrases of {@code banned-phrases.txt} stand in no page, comment, help text or message. */
class BannedPhrasesTest {
    /** A phrase and the words to write in its place, with the reason. */
    record Banned(Pattern phrase, String instead) {
        /** Reads a line such as {@code phrase => advice}; the phrase is a regular expression. */
        static Banned of(String line) {
            String[] parts = line.split("\\s+=>\\s+", 2);
            assertThat(parts).as("phrase => advice: %s", line).hasSize(2);
            // A line of a page, or of a comment in a configuration file, may end within a phrase.
            String spaced = parts[0].strip().replace(" ", "[\\s#]+");
            return new Banned(
                    Pattern.compile("(?<!\\w)(?:" + spaced + ")(?!\\w)", Pattern.CASE_INSENSITIVE), parts[1].strip());
        }

        List<String> in(Prose text) {
            List<String> found = new ArrayList<>();
            Matcher matcher = phrase.matcher(text.text());
            while (matcher.find()) {
                found.add("%s: \"%s\": %s"
                        .formatted(text.place(matcher.start()), matcher.group().replaceAll("[\\s#]+", " "), instead));
            }
            return found;
        }
    }

    static List<Banned> banned() {
        try (InputStream file = BannedPhrasesTest.class.getResourceAsStream("banned-phrases.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Banned::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages, configuration, scripts and report as whole files; of Java, comments and the literals of the program. */
    static List<Prose> texts() {
        List<Prose> texts = new ArrayList<>();
        for (Path file : Repository.files(
                ".md",
                ".conf",
                ".ipynb",
                ".py",
                ".sh",
                ".js",
                ".jte",
                ".html",
                "bin/narrows",
                "bin/campaign",
                "bin/notebooks",
                "pom.xml")) {
            // A change log tells history.
            if (!file.endsWith("CHANGELOG.md")) {
                texts.add(Prose.of(Repository.name(file), Prose.Kind.PAGE, 1, Repository.text(file)));
            }
        }
        for (Path file : Repository.files(".java")) {
            String name = Repository.name(file);
            boolean test = name.contains("src/test/");
            for (Prose text : JavaTexts.of(name, Repository.text(file))) {
                if (!test || text.kind() != Prose.Kind.LITERAL) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    @Test
    void noTextHasABannedPhrase() {
        List<Banned> banned = banned();
        assertThat(banned).hasSizeGreaterThan(20);
        List<Prose> texts = texts();
        assertThat(texts).hasSizeGreaterThan(3000);
        List<String> found = new ArrayList<>();
        texts.forEach(text -> banned.forEach(phrase -> found.addAll(phrase.in(text))));
        assertThat(found).isEmpty();
    }

    @Test
    void aPhraseIsFoundAcrossLinesAndAcrossLiterals() {
        Banned phrase = Banned.of("a bit an image => write: one bit per image");
        assertThat(phrase.in(Prose.of("a.md", Prose.Kind.PAGE, 1, "Stored is\na bit\n# an image.")))
                .containsExactly("a.md: 2: \"a bit an image\": write: one bit per image");
        String source = "class A {\n    String b = \"A bit \"\n            + \"an image\" + 3 + \"an image\";\n}\n";
        List<String> found = new ArrayList<>();
        JavaTexts.of("A.java", source).forEach(text -> found.addAll(phrase.in(text)));
        assertThat(found).containsExactly("A.java: 2: \"A bit an image\": write: one bit per image");
        assertThat(phrase.in(Prose.of("a.md", Prose.Kind.PAGE, 1, "a bit an imagewise")))
                .isEmpty();
    }
}
