package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.reading.StudyFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointsTest {
    private static final String GRID =
            "family = residual, mid = { from = 1, to = 100, step = 1 }, kernel = [3, 5, 7], skip = [true, false]";

    @TempDir
    Path folder;

    private List<Map<String, Object>> draw(String grid, String sample) {
        Points points = new Points(StudyFiles.grid(folder, "{ %s, sample = %s }".formatted(grid, sample))
                .grid()
                .get(0));
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (long point = 0; point < points.count(); point++) {
            drawn.add(points.at(point).values());
        }
        return drawn;
    }

    @Test
    void aSampleIsTheSameWhereverItIsDrawn() {
        assertThat(draw(GRID, "{ count = 20, seed = 1 }")).isEqualTo(draw(GRID, "{ count = 20, seed = 1 }"));
        assertThat(draw(GRID, "{ count = 20, seed = 1 }")).isNotEqualTo(draw(GRID, "{ count = 20, seed = 2 }"));
        assertThat(draw(GRID, "{ count = 4, seed = 1 }").stream()
                        .map(point -> "%s %s %s".formatted(point.get("mid"), point.get("kernel"), point.get("skip"))))
                .containsExactly("44 7 false", "75 5 true", "3 7 false", "19 7 false");
    }

    @Test
    void noPointIsDrawnTwice() {
        List<Map<String, Object>> drawn = draw(GRID, "{ count = 500, seed = 1 }");
        assertThat(drawn).hasSize(500);
        assertThat(new HashSet<>(drawn)).hasSize(500);
    }

    @Test
    void aSampleOfMoreThanAllIsAll() {
        assertThat(new HashSet<>(draw(GRID, "{ count = 1000 }"))).hasSize(600);
    }

    @Test
    void aLongerSampleBeginsWithTheShorterOne() {
        assertThat(draw(GRID, "{ count = 300, seed = 5 }"))
                .startsWith(draw(GRID, "{ count = 100, seed = 5 }").toArray(Map[]::new));
    }

    /** Of 600 points 300 are drawn: each of three kernels comes about 100 times, with a standard deviation under 6. */
    @Test
    void pointsAreDrawnEvenly() {
        Map<Object, Long> kernels = draw(GRID, "{ count = 300, seed = 3 }").stream()
                .collect(Collectors.groupingBy(point -> point.get("kernel"), Collectors.counting()));
        assertThat(kernels.values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(75L, 125L));
    }
}
