package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/studies.md names every key that has a default, as reference.conf and the settings themselves describe it.
 *
 * <p>After a change of reference.conf, {@code NARROWS_WRITE_GOLDEN=1 mvn -pl core test -Dtest=StudyKeysTest} writes
 * that part of the page anew.
 */
class StudyKeysTest {
    private static final boolean WRITE = System.getenv("NARROWS_WRITE_GOLDEN") != null;
    private static final Path PAGE = Path.of("../docs/studies.md");
    private static final String FROM = "<!-- made from reference.conf by StudyKeysTest -->\n";
    private static final String TO = "<!-- end -->\n";

    private static final Map<String, String> TYPES = DescribedKeys.all();

    private final Config reference = ConfigFactory.parseResources("reference.conf");

    @Test
    void everyKeyStandsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(FROM);
        int to = page.indexOf(TO, from);
        assertThat(from).as("%s in %s", FROM, PAGE).isNotNegative();
        assertThat(to).as("%s in %s", TO, PAGE).isNotNegative();
        String expected = page.substring(0, from + FROM.length()) + keys() + page.substring(to);
        if (WRITE) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("NARROWS_WRITE_GOLDEN=1 mvn -pl core test -Dtest=StudyKeysTest writes the page anew")
                .isEqualTo(expected);
    }

    private String keys() {
        Set<String> families = Families.load().all().stream().map(Family::name).collect(Collectors.toSet());
        List<Map.Entry<String, ConfigValue>> alone = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, ConfigValue> entry : inOrder(reference.root())) {
            if (families.contains(entry.getKey()) || !ownFile(entry.getValue())) {
                continue;
            }
            if (entry.getValue() instanceof ConfigObject section && !section.isEmpty()) {
                text.append("\n### `").append(entry.getKey()).append("`\n");
                String about = comment(section);
                text.append(about.isEmpty() ? "" : "\n" + about + "\n").append(HEAD);
                rows(entry.getKey(), section, text);
            } else {
                alone.add(entry);
            }
        }
        StringBuilder first = new StringBuilder(HEAD);
        alone.forEach(entry -> row(entry.getKey(), entry.getValue(), first));
        return first.append(text).append('\n').toString();
    }

    private static final String HEAD = "\n| key | type | default | meaning, unit and reason |\n|---|---|---|---|\n";

    private static void rows(String path, ConfigObject section, StringBuilder text) {
        for (Map.Entry<String, ConfigValue> entry : inOrder(section)) {
            String key = path + "." + entry.getKey();
            if (entry.getValue() instanceof ConfigObject inner && !inner.isEmpty()) {
                rows(key, inner, text);
            } else {
                row(key, entry.getValue(), text);
            }
        }
    }

    private static void row(String key, ConfigValue value, StringBuilder text) {
        String meaning = comment(value);
        text.append("| `%s` | %s | `%s` | %s |\n"
                .formatted(
                        key,
                        type(key),
                        value.render(ConfigRenderOptions.concise().setJson(false)),
                        meaning.replace("|", "\\|")));
    }

    /** Type in the description of the setting, without the article. */
    private static String type(String key) {
        assertThat(TYPES).as("the settings that are described").containsKey(key);
        return TYPES.get(key).replaceFirst("^an? ", "");
    }

    private static boolean ownFile(ConfigValue value) {
        return String.valueOf(value.origin().description()).contains("reference.conf");
    }

    private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
        return object.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, ConfigValue> entry) ->
                                entry.getValue().origin().lineNumber())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static String comment(ConfigValue value) {
        return String.join(
                " ", value.origin().comments().stream().map(String::strip).toList());
    }
}
