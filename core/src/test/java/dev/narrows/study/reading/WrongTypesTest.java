package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A study is read, or refused with the line, for any value of a key; it never ends in another exception. */
class WrongTypesTest {
    private static final List<String> VALUES = List.of(
            "true",
            "word",
            "\"\"",
            "null",
            "{}",
            "{ a = 1 }",
            "[]",
            "[true]",
            "[null]",
            "[[1]]",
            "[{}]",
            "1.5",
            "-1",
            "1e30",
            "1e400",
            "\"1e400\"",
            "\"1e999999999\"",
            "99999999999",
            "\"9e18 weeks\"",
            "\"9e99 GB\"",
            "{ from = true, to = [] }",
            "{ from = -1e300, to = 1e300, steps = 3 }",
            "{ from = -1.7e308, to = 1.7e308, steps = 3 }",
            "{ from = 1e-300, to = 1e300, steps = 3, scale = log }",
            "{ solve-for = true, equal = [] }");

    private static final String DATA = "study = x, data { source = y }, grid = [ { family = residual } ]\n";

    @TempDir
    Path folder;

    static Collection<String> keys() {
        return DescribedKeys.all().keySet();
    }

    static List<String> families() {
        return Families.load().all().stream().map(Family::name).toList();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aValueOfAWrongTypeIsToldWithItsLine(String path) {
        // A study says an optimizer's setting without the optimizer's name in the key.
        String key = path.replaceFirst("optimizer\\.(sgd|adamw)\\.", "optimizer.");
        String optimizer = path.contains(".adamw.") ? "training.optimizer.name = adamw\n" : "";
        int refused = 0;
        for (String value : VALUES) {
            List<String> problems = StudyFiles.problems(folder, DATA + key + " = " + value + "\n" + optimizer);
            assertThat(problems)
                    .as("%s = %s", key, value)
                    .allSatisfy(problem -> assertThat(problem).matches("x\\.conf: [23]: Cannot .+"));
            refused += problems.isEmpty() ? 0 : 1;
        }
        assertThat(refused).as("values of %s that were refused", key).isGreaterThan(VALUES.size() / 3);
    }

    @ParameterizedTest
    @MethodSource("families")
    void aKnobOfAWrongTypeIsToldWithItsLine(String name) {
        Family family = Families.load().find(name).orElseThrow();
        for (Knob<?> knob : family.knobs()) {
            String entries = VALUES.stream()
                    .map(value -> "{ family = %s, %s = %s }".formatted(name, knob.name(), value))
                    .collect(Collectors.joining("\n"));
            List<String> problems = StudyFiles.problems(folder, StudyFiles.gridText(entries));
            assertThat(problems)
                    .as("problems of %s", knob)
                    .hasSizeGreaterThan(VALUES.size() / 3)
                    .allSatisfy(problem -> assertThat(problem).matches("x\\.conf: [0-9]+: Cannot .+"));
        }
    }
}
