package dev.narrows.jobs.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * docs/json.md lists every key of every document, and so holds the names that programs rely on.
 *
 * <p>After a change that is meant, {@code NARROWS_WRITE_GOLDEN=1 mvn -pl jobs -am test -Dtest=JsonPageTest} writes it
 * anew. A key is added, and never renamed or removed.
 */
class JsonPageTest {
    private static final boolean WRITE = System.getenv("NARROWS_WRITE_GOLDEN") != null;
    private static final Path PAGE = Path.of("../docs/json.md");

    /** The documents by the commands that print them, in the order of {@code --help}. */
    private static final Map<String, Class<? extends Record>> DOCUMENTS = new LinkedHashMap<>();

    static {
        DOCUMENTS.put("plan", PlanDocument.class);
        DOCUMENTS.put("plan --layers", LayersDocument.class);
        DOCUMENTS.put("run", RunDocument.class);
        DOCUMENTS.put("run --progress json", ProgressDocument.class);
        DOCUMENTS.put("status", StatusDocument.class);
        DOCUMENTS.put("list", StudiesDocument.class);
        DOCUMENTS.put("best", ChoiceDocument.class);
        DOCUMENTS.put("compare", ComparisonDocument.class);
        DOCUMENTS.put("settle", SettleDocument.class);
        DOCUMENTS.put("show", TrialDocument.class);
        DOCUMENTS.put("latency", LatencyDocument.class);
        DOCUMENTS.put("data", DataDocument.class);
        DOCUMENTS.put("families", FamiliesDocument.class);
        DOCUMENTS.put("measures", MeasuresDocument.class);
        DOCUMENTS.put("doctor", DoctorDocument.class);
    }

    private final Set<Class<?>> told = new LinkedHashSet<>();

    @Test
    void everyKeyStandsOnThePage() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Output for programs

                Every command that prints results of a [study](glossary.md#what-you-ask-for) takes `--format json`, \
                and `--format csv` where its output is a \
                table; of a table without rows CSV prints \
                nothing. Results go to standard output, notes and progress to standard error, so a pipe gets the \
                document alone. The exit code says how the command ended (0, 1, 2 or 130, as in its `--help`).

                ```sh
                bin/narrows best results/quickstart --format json | jq -r '.ranking[0].variant_id'
                bin/narrows list --format csv > studies.csv
                bin/narrows run conf/studies/quickstart.conf --progress json --format json > result.json
                ```

                - Keys are in snake case. Every key below is always there; where "null" says yes, its value may be null.
                - Keys are added in later versions, and not renamed or removed. Read the keys that you need and ignore \
                others.
                - Numbers are not rounded, and in the units of their names. Shares are 0 to 1.
                - CSV has a header and follows RFC 4180. It holds the list of the document, and an object within a \
                row, such as its knobs or measures, gives one column per key.

                This page is made from the documents; `JsonPageTest` says how, and holds it to them.
                """);
        DOCUMENTS.forEach((command, document) -> section(document, "narrows " + command, page, "##"));
        if (WRITE) {
            Files.writeString(PAGE, page.toString());
        }
        assertThat(PAGE).hasContent(page.toString());
    }

    private void section(Class<?> document, String title, StringBuilder page, String mark) {
        if (!told.add(document)) {
            return;
        }
        page.append("\n%s %s\n\n%s\n\n| key | type | null | meaning |\n|---|---|---|---|\n"
                .formatted(mark, title, meaning(document.getAnnotation(Meaning.class))));
        for (RecordComponent component : document.getRecordComponents()) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            key(component.getName()),
                            type(component.getGenericType()),
                            isNullable(component.getAnnotatedType()) ? "yes" : "no",
                            meaning(component.getAnnotation(Meaning.class)).replace("|", "\\|")));
        }
        for (RecordComponent component : document.getRecordComponents()) {
            inner(component.getGenericType(), page);
        }
    }

    private void inner(Type type, StringBuilder page) {
        if (type instanceof ParameterizedType list) {
            for (Type argument : list.getActualTypeArguments()) {
                inner(argument, page);
            }
        } else if (type instanceof Class<?> inner && inner.isRecord()) {
            section(inner, inner.getSimpleName(), page, "###");
        }
    }

    private static String meaning(@Nullable Meaning meaning) {
        String sentence = Objects.requireNonNull(meaning, "a document's type and components have a meaning")
                .value();
        assertThat(sentence).endsWith(".");
        return sentence;
    }

    private static String key(String component) {
        return new PropertyNamingStrategies.SnakeCaseStrategy().translate(component);
    }

    private static boolean isNullable(AnnotatedType type) {
        return !(type instanceof AnnotatedParameterizedType) && type.isAnnotationPresent(Nullable.class);
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == Map.class ? "object of " + type(last) : "list of " + type(last);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return "[%s](#%s)"
                    .formatted(plain.getSimpleName(), plain.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        if (plain == int.class || plain == long.class || plain == Integer.class || plain == Long.class) {
            return "integer";
        }
        if (plain == double.class || plain == Double.class || plain == Number.class) {
            return "number";
        }
        return plain == boolean.class || plain == Boolean.class ? "boolean" : plain == String.class ? "text" : "value";
    }
}
