package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final String FAMILIES = "families.conf";

    /** Every line of reference.conf itself that has a value, by its path. */
    private static Map<String, ConfigValue> lines() {
        Map<String, ConfigValue> lines = new TreeMap<>();
        collect("", ConfigFactory.parseResources("reference.conf").root(), lines);
        return lines;
    }

    private static void collect(String path, ConfigObject object, Map<String, ConfigValue> lines) {
        object.forEach((key, value) -> {
            if (value instanceof ConfigObject inner && !inner.isEmpty()) {
                collect(path + key + ".", inner, lines);
            } else if (!value.origin().description().contains(FAMILIES)) {
                lines.put(path + key, value);
            }
        });
    }

    @Test
    void eachSettingThatIsDescribedHasADefaultAndNothingElseHas() {
        assertThat(lines().keySet())
                .containsExactlyInAnyOrderElementsOf(DescribedKeys.all().keySet());
    }

    @Test
    void everyDefaultSaysWhy() {
        assertThat(lines())
                .allSatisfy((path, value) -> assertThat(value.origin().comments())
                        .as("the comment of %s in reference.conf", path)
                        .isNotEmpty());
    }
}
