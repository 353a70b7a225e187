package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "seeds = ${?seeds} [3]\nseeds = ${?seeds} [4]",
                "training { epochs = [1]\nepochs = ${?training.epochs} [2]\nepochs += 3 }",
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
                .noneMatch(problem -> problem.contains("twice") || problem.contains("Cannot read the study"));
    }

    /** Additions come after what the study says before them, and else after the default, which is seeds = [0]. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds = [5], seeds = ${seeds} [6] | 5, 6",
                "seeds = [5], seeds = ${?seeds} [6] | 5, 6",
                "seeds = [5], seeds += 6 | 5, 6",
                "seeds = ${?seeds} [5] | 0, 5",
                "seeds = ${seeds} [5], seeds = ${?seeds} [6] | 0, 5, 6",
                "seeds += 5 | 0, 5",
                "let.more = 7, seeds = [5, ${let.more}] | 5, 7",
                "let { seeds = [5] }, seeds = ${let.seeds} ${seeds} | 5, 0",
                "seeds = ${?NOT_IN_THE_ENVIRONMENT} | 0",
            })
    void aValueThatRefersToItselfAddsToTheOneBefore(String text, String seeds) {
        assertThat(StudyFiles.read(folder, StudyFiles.LEAST + text)
                        .grid()
                        .get(0)
                        .seeds())
                .extracting(Object::toString)
                .containsExactly(seeds.split(", "));
    }

    @Test
    void aValueInAnObjectRefersToItselfByItsPath() {
        String text = "training { epochs = [1]\n epochs = ${training.epochs} [2]\n epochs += 4 }";
        assertThat(StudyFiles.read(folder, StudyFiles.LEAST + text).training())
                .extracting(Training::epochs)
                .containsExactly(1, 2, 4);
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + "let { a = 1\n a = ${?OTHER} }"))
                .containsExactly("x.conf: 3: Cannot take a twice: line 2 has it already,"
                        + " and HOCON would merge the two or drop the first");
    }
}
