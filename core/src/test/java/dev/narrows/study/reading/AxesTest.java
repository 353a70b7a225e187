package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of a knob for each form of a study file. */
class AxesTest {
    @TempDir
    Path folder;

    private List<Object> values(String entry, String knob) {
        return StudyFiles.grid(folder, "{ " + entry + " }").grid().get(0).axes().stream()
                .filter(axis -> axis.knob().name().equals(knob))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void aListOfAKnobByStageIsAnAxisAndAListInItAChoiceByStage() {
        assertThat(values("family = bottleneck, cardinality = [1, 2]", "cardinality"))
                .containsExactly(1, 2);
        assertThat(values("family = bottleneck, cardinality = [[1, 2, 4]]", "cardinality"))
                .containsExactly(List.of(1, 2, 4));
        assertThat(values("family = bottleneck, cardinality = [1, [1, 2, 4]]", "cardinality"))
                .containsExactly(1, List.of(1, 2, 4));
    }

    @Test
    void nullIsAValueOfAnOptionalKnob() {
        assertThat(values("family = bottleneck, mid = null", "mid")).isEqualTo(Arrays.asList((Object) null));
        assertThat(values("family = residual, head { width = [null, 32] }", "head.width"))
                .isEqualTo(Arrays.asList(null, 32));
        assertThat(values("family = residual, head { hidden = [null, [64, 32]] }", "head.hidden"))
                .isEqualTo(Arrays.asList(null, List.of(64, 32)));
    }

    @Test
    void aKnobTakesTheDefaultOfThoseAwayThatSayTheSame() {
        assertThat(values("family = bottleneck, mid = [8, 16]", "mid-ratio")).containsOnlyNulls();
        assertThat(values("family = bottleneck, mid = null", "mid-ratio")).containsExactly(0.25);
    }

    @Test
    void numbersAreOfTheKnobsType() {
        assertThat(values("family = bottleneck, mid-ratio = 1", "mid-ratio")).containsExactly(1.0);
        assertThat(values("family = bottleneck, mid = [8.0, 1e2, \"32\"]", "mid"))
                .containsExactly(8, 100, 32);
        assertThat(values("family = inverted-bottleneck, groups = [depthwise, 1, 2.0]", "groups"))
                .containsExactly("depthwise", 1, 2);
        assertThat(values("family = residual, skip = [true, \"false\"]", "skip"))
                .containsExactly(true, false);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    mid = { from = 8, to = 256, steps = 6, scale = log } | [8, 16, 32, 64, 128, 256]
                    mid = { from = 8, to = 256, steps = 6 } | [8, 58, 107, 157, 206, 256]
                    mid = { from = 8, to = 256, steps = 6, multiple-of = 8 } | [8, 56, 104, 160, 208, 256]
                    mid = { from = 1, to = 4, step = 1 } | [1, 2, 3, 4]
                    mid = { from = 1, to = 4, step = 2 } | [1, 3]
                    mid = { from = 1, to = 4, steps = 20 } | [1, 2, 3, 4]
                    mid-ratio = { from = 0.125, to = 0.5, steps = 3, scale = log } | [0.125, 0.25, 0.5]
                    mid-ratio = { from = 0.1, to = 0.5, step = 0.1 } | [0.1, 0.2, 0.3, 0.4, 0.5]
                    mid-ratio = { from = 0.125, to = 0.5, steps = 4, scale = log } | [0.125, 0.1984, 0.315, 0.5]
                    """)
    void aRangeStepsFromEndToEnd(String knob, String values) {
        String name = knob.substring(0, knob.indexOf(' '));
        assertThat(values("family = bottleneck, " + knob, name)).hasToString(values);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    mid = { from = 8, steps = 6 } | Cannot step without mid.to: a range needs from and to
                    mid = { from = 8, to = 16 } | Cannot step from mid.from to mid.to: one of steps (how many values) \
                    and step (how far apart) is needed
                    mid = { from = 8, to = 16, step = 1, steps = 2 } | Cannot step from mid.from to mid.to: one of \
                    steps (how many values) and step (how far apart) is needed
                    mid = { from = 16, to = 8, steps = 2 } | Cannot step from 16 to 8 for mid: from must be less than to
                    mid = { from = 1, to = 8, step = 1, scale = log } | Cannot step from 1 to 8 on a log scale for \
                    mid: it takes steps, and from must be above 0
                    mid = { from = 1, to = 8, steps = 1 } | Cannot take mid.steps = 1: it must be a whole number of at \
                    least 2
                    mid = { from = 1, to = 8, step = 1, by = 2 } | Cannot take mid.by: there is no such key; there are \
                    from, to, steps, step, scale, multiple-of
                    mid = { from = 0, to = 2, step = 1 } | Cannot take mid = 0: it must be a whole number of at least 1
                    mid = { from = 0, to = 1e9, step = 1 } | Cannot step from 0 to 1000000000 by 1 for mid: more than \
                    1,000,000 values
                    widths = { from = 1, to = 2, step = 1 } | Cannot take a range for widths: it must be a whole \
                    number of at least 1
                    norm = { from = 1, to = 2, step = 1 } | Cannot take a range for norm: it must be one of batch, \
                    layer, none
                    """)
    void aRangeThatCannotBeSteppedIsRefused(String knob, String message) {
        assertThat(StudyFiles.problems(folder, StudyFiles.gridText("{ family = bottleneck, " + knob + " }")))
                .containsExactly("x.conf: 2: " + message);
    }
}
