package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.CostMeasure;
import dev.narrows.study.GridEntry;
import dev.narrows.study.Origin;
import dev.narrows.study.Solve;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolveReaderTest {
    @TempDir
    Path folder;

    @Test
    void aKnobIsSolvedForInsteadOfGiven() {
        GridEntry entry = StudyFiles.grid(
                        folder,
                        "{ family = bottleneck, mid = { solve-for = macs, equal = 20000000, multiple-of = 8 } }")
                .grid()
                .get(0);
        assertThat(entry.solve())
                .contains(new Solve(
                        "mid",
                        CostMeasure.MACS,
                        new Solve.Amount(20_000_000),
                        0.02,
                        8,
                        List.of(),
                        new Origin(folder.resolve("x.conf").toString(), 2)));
        assertThat(entry.axes())
                .filteredOn(axis -> axis.knob().name().equals("mid-ratio"))
                .allSatisfy(axis -> assertThat(axis.values()).containsOnlyNulls());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    mid-ratio = { solve-for = macs, equal = 1 } | Cannot solve for mid-ratio: only a knob of whole \
                    numbers can be solved for
                    mid = { solve-for = macs } | Cannot solve for mid: mid.equal is missing
                    mid = { equal = 3 } | Cannot solve for mid: mid.solve-for is missing
                    mid = { solve-for = mac, equal = 3 } | Cannot take mid.solve-for = mac: it must be one of params, \
                    macs, activations, training-macs; the nearest is macs
                    mid = { solve-for = macs, equal = many } | Cannot take mid.equal = many: it must be a whole \
                    number, or the knobs of another variant, as { cardinality = 1 }
                    mid = { solve-for = macs, equal = 0 } | Cannot take mid.equal = 0: it must be a whole number, or \
                    the knobs of another variant, as { cardinality = 1 }
                    mid = { solve-for = macs, equal = 3, tolerance = 2 } | Cannot take mid.tolerance = 2: it must be a \
                    number of at least 0 and less than 1
                    mid = { solve-for = macs, equal = 3, tolerence = 0.1 } | Cannot take mid.tolerence: there is no \
                    such key; the nearest is tolerance
                    mid = { solve-for = macs, equal = { cardinalty = 1 } } | Cannot take cardinalty: bottleneck has no \
                    such knob; the nearest is cardinality
                    mid = { solve-for = macs, equal = { family = bottlenek } } | Cannot take family = bottlenek: there \
                    is no such family; the nearest is bottleneck
                    mid = { solve-for = macs, equal = "of: cardinality" } | Cannot take equal = of: cardinality: after \
                    of: it must be knobs with values, as cardinality=1 mid=64
                    widths = { solve-for = macs, equal = 3 } | Cannot solve for the list widths without times: how \
                    often each entry has the value, as [1, 2, 4]
                    mid = { solve-for = macs, equal = 3, times = 2 } | Cannot take mid.times = 2: it is a list, for a \
                    knob that is a list or goes by stage
                    mid = { solve-for = macs, equal = 3 }, cardinality = { solve-for = macs, equal = 3 } | Cannot \
                    solve for mid and cardinality at once: one equation has one unknown
                    mid = { solve-for = training-macs, equal = 3 } | Cannot solve for mid by training-macs: data.train \
                    and training.epochs must be one number each
                    """)
    void whatCannotBeSolvedIsRefused(String knob, String message) {
        assertThat(StudyFiles.problems(folder, StudyFiles.gridText("{ family = bottleneck, " + knob + " }")))
                .containsExactly("x.conf: 2: " + message);
    }

    @Test
    void aTrainingOnPatchesIsSolvedForOnlyWhereTheirNumberIsKnown() {
        String study = """
                study = x, data { source = y, train = 100, patch = 14%s }
                grid = [ { family = bottleneck, mid = { solve-for = training-macs, equal = %s } } ]
                """;
        assertThat(StudyFiles.problems(folder, study.formatted("", "3")))
                .containsExactly("x.conf: 2: Cannot solve for mid by training-macs: data.patch cuts each image into"
                        + " patches, and only data.size tells how many");
        assertThat(StudyFiles.problems(folder, study.formatted(", size = 28", "3")))
                .isEmpty();
        assertThat(StudyFiles.problems(folder, study.formatted("", "{ mid = 8 }")))
                .isEmpty();
    }
}
