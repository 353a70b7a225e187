package dev.narrows.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The glossary defines each term once, and each page leads to it. */
class GlossaryTest {
    private static final String GLOSSARY = "docs/glossary.md";

    private static final Pattern TERM = Pattern.compile("^\\| \\*\\*(.+?)\\*\\* \\| .+ \\|$", Pattern.MULTILINE);

    private static final Pattern REFERENCE = Pattern.compile("(?<!\\*)\\*([^*\\n|]+)\\*(?!\\*)");

    private static Prose glossary() {
        Path file = Repository.ROOT.resolve(GLOSSARY);
        return Prose.of(GLOSSARY, Prose.Kind.PAGE, 1, Repository.text(file));
    }

    static List<String> twice(Prose glossary) {
        Map<String, String> places = new HashMap<>();
        List<String> found = new ArrayList<>();
        Matcher term = TERM.matcher(glossary.text());
        while (term.find()) {
            String place = glossary.place(term.start());
            String before = places.put(term.group(1), place);
            if (before != null) {
                found.add("%s: **%s** is defined at %s already: keep one".formatted(place, term.group(1), before));
            }
        }
        return found;
    }

    @Test
    void everyTermIsDefinedOnce() {
        Prose glossary = glossary();
        assertThat(TERM.matcher(glossary.text()).results().count()).isGreaterThan(40);
        assertThat(twice(glossary)).isEmpty();
        assertThat(twice(Prose.of(
                        "g.md", Prose.Kind.PAGE, 1, "| **slot** | Room. |\n| a | b |\n| **slot** | Time. |\n")))
                .containsExactly("g.md: 3: **slot** is defined at g.md: 1 already: keep one");
    }

    /** A word in italics has an entry, in the singular or in the plural. */
    @Test
    void everyWordInItalicsHasAnEntry() {
        Prose glossary = glossary();
        List<String> terms =
                TERM.matcher(glossary.text()).results().map(m -> m.group(1)).toList();
        List<String> found = new ArrayList<>();
        Matcher reference = REFERENCE.matcher(glossary.text());
        while (reference.find()) {
            String word = reference.group(1);
            List<String> singulars = List.of(
                    word,
                    word.replaceFirst("s$", ""),
                    word.replaceFirst("ies$", "y"),
                    word.replaceFirst("axes$", "axis"));
            if (singulars.stream().noneMatch(terms::contains) && !word.equals("italics")) {
                found.add("%s: *%s*: it has no entry: define it, or write it without asterisks"
                        .formatted(glossary.place(reference.start()), word));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPageOfInstructionsLeadsToTheGlossary() {
        List<String> found = new ArrayList<>();
        for (Path page : Repository.files(".md")) {
            String name = Repository.name(page);
            if (name.matches("(README|docs/[\\w-]+)\\.md")
                    && !name.equals(GLOSSARY)
                    && !Repository.text(page).contains("glossary.md")) {
                found.add(name + ": no link to the glossary: link the first term of it that the page uses");
            }
        }
        assertThat(found).isEmpty();
    }
}
