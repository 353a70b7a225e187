package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narrows.family.Networks;
import dev.narrows.net.Shape;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.Task;
import dev.narrows.study.reading.StudyFiles;
import dev.narrows.study.reading.StudyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every study file of this repository reads and plans. */
class ShippedStudiesTest {
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Networks.path("conf"))) {
            // Spark's own properties end so too.
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .filter(file -> !file.getParent().endsWith("clusters"))
                    .sorted()
                    .toList();
        }
    }

    private static Plan plan(Path file) {
        Study study = StudyReader.read(file, List.of());
        return Planner.plan(study, study.input().orElseGet(() -> images(study)));
    }

    /** The shape and classes of the bundled images. */
    private static Study.Input images(Study study) {
        return study.data().get(0).source().equals("bundled:cells")
                ? new Study.Input(new Shape(1, 64, 64), 2, Optional.of(Task.SEGMENTATION))
                : new Study.Input(new Shape(1, 28, 28), 10, Optional.of(Task.CLASSIFICATION));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aShippedStudyHasVariantsAndNothingIsRejectedUnsaid(Path file) throws IOException {
        Plan plan = plan(file);
        assertThat(plan.variants()).isNotEmpty();
        assertThat(plan.rejections().isEmpty() || Files.readString(file).contains("reject"))
                .as("rejections are announced in the file: %s", plan.rejections())
                .isTrue();
    }

    /** Pages show no study that cannot be planned as it stands. */
    @Test
    void theExamplesOfThePagesPlan(@TempDir Path folder) throws IOException {
        int examples = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher example =
                    Pattern.compile("```hocon\\n(.*?)```", Pattern.DOTALL).matcher(text);
            while (example.find()) {
                long line = 1 + text.substring(0, example.start()).lines().count();
                String place = "%s: %d".formatted(page, line);
                try {
                    Plan plan = plan(StudyFiles.write(folder, example.group(1)));
                    assertThat(plan.variants()).as(place).isNotEmpty();
                    if (!example.group(1).contains("sample =")) {
                        assertThat(plan.rejections()).as(place).isEmpty();
                    }
                } catch (BadInput e) {
                    throw new AssertionError(place + ": " + e.problems(), e);
                }
                examples++;
            }
        }
        assertThat(examples).isGreaterThanOrEqualTo(7);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Networks.path("docs"))) {
            return Stream.concat(Stream.of(Networks.path("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void publishedNetworksHaveTheirPublishedCounts() throws IOException {
        Path table =
                Networks.path(".").resolve("../shared/reference/networks.csv").normalize();
        assumeTrue(Files.exists(table), "../shared/reference/networks.csv is not there");
        List<String> rows = Files.readAllLines(table);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", 7);
            assertThat(plan(Networks.path("conf/networks/" + cells[0] + ".conf"))
                            .variants())
                    .as(cells[0])
                    .singleElement()
                    .satisfies(variant -> assertThat(List.of(
                                    variant.cost().params(),
                                    variant.cost().macs(),
                                    variant.cost().activations()))
                            .containsExactly(
                                    Long.parseLong(cells[3]), Long.parseLong(cells[4]), Long.parseLong(cells[5])));
        }
    }
}
