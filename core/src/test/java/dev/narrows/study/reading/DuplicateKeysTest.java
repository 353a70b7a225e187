package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateKeysTest {
    @TempDir
    Path folder;

    @Test
    void aSecondGridIsNotSilentlyTheOnlyOne() {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + "\ngrid = [ { family = bottleneck } ]"))
                .containsExactly("x.conf: 3: Cannot take grid twice: line 1 has it already,"
                        + " and HOCON would merge the two or drop the first");
    }

    @Test
    void twoObjectsAreNotSilentlyMerged() {
        String text = StudyFiles.LEAST + """
                training {
                  # a comment with { and "
                  epochs = 3
                }
                latency { for = all }   // another }
                "training" { batch-size = 64 }
                """;
        assertThat(StudyFiles.problems(folder, text))
                .containsExactly("x.conf: 7: Cannot take training twice: line 2 has it already,"
                        + " and HOCON would merge the two or drop the first");
    }

    @Test
    void aKnobGivenTwiceInOneGridIsTold() {
        assertThat(StudyFiles.problems(
                        folder, StudyFiles.gridText("{ family = residual\n kernel = [3, 5]\n kernel = 7 }")))
                .containsExactly("x.conf: 4: Cannot take kernel twice: line 3 has it already,"
                        + " and HOCON would merge the two or drop the first");
    }

    @Test
    void twoGridsSideBySideAreNotSilentlyOne() {
        assertThat(StudyFiles.problems(
                        folder, StudyFiles.gridText("{ family = residual, mid = 8 } { family = residual, mid = 16 }")))
                .contains("x.conf: 2: Cannot tell two objects apart: without a comma or a new line between them"
                        + " HOCON would merge them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds = [1]\nseeds = ${seeds} [2]",
                "seeds = [1]\nseeds += 2",
                "question = \"a = 1, a = 2 { [\"",
                "question = \"\"\"a = \"1\"\na = 2\"\"\"",
                "training { epochs = 1 }, latency { for = none }\nlet { training { epochs = 2 }, list = ["
                        + " { a = 1 }, { a = 2 } ] }",
                "training {\n  optimizer = [\n    { name = sgd }   # a\n    { name = adamw }\n  ]\n}",
                "let { a = ${study} b, b : ${?HOME}, c =\n  3 }",
                "data = null, let { data = 2 }"
            })
    void whatIsMeantToBeMoreThanOneIsLetBe(String text) {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + text))
                .noneMatch(problem -> problem.contains("twice"));
    }
}
