package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.family.Networks;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyFiles;
import dev.narrows.study.reading.StudyReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualCostTest {
    @TempDir
    Path folder;

    private Plan plan(String entry) {
        return Planner.plan(StudyFiles.grid(folder, entry));
    }

    private static Map<Object, Object> byKnob(Plan plan, String key, String value) {
        return plan.variants().stream()
                .collect(Collectors.toMap(
                        variant -> variant.settings().values().get(key),
                        variant -> variant.settings().values().get(value)));
    }

    /** Xie et al. (2017), table 2: cardinality, width of a group, width of the grouped convolution. */
    @Test
    void resNeXtsTableComesOutExactly() {
        Study study = StudyReader.read(Networks.path("conf/networks/resnext-table.conf"), List.of());
        Plan plan = Planner.plan(study);
        assertThat(plan.rejections()).isEmpty();
        assertThat(byKnob(plan, "cardinality", "width-per-group")).isEqualTo(Map.of(1, 64, 2, 40, 4, 24, 8, 14, 32, 4));
        assertThat(plan.variants()).extracting(Variant::label).contains("bottleneck cardinality=8 width-per-group=14");
    }

    /**
     * Xie et al. (2017), table 3, has the widths of the block's table in the whole ResNet-50, where each stage doubles
     * them. The network's cost gives the same but at 8 groups, where 13 channels are nearer than the block's 14.
     */
    @Test
    void aValueMayGrowFromStageToStage() {
        Study study = StudyReader.read(StudyFiles.write(folder, """
                        study = x, input { shape = [3, 224, 224], classes = 1000 }
                        grid = [ { family = bottleneck
                          stem { width = 64, kernel = 7, stride = 2, pool = max }
                          widths = [256, 512, 1024, 2048], depths = [3, 4, 6, 3], strides = [1, 2, 2, 2]
                          cardinality = [1, 2, 4, 8, 32]
                          width-per-group = { solve-for = macs, equal = { cardinality = 1, width-per-group = [64, 128, \
                        256, 512] }
                                              times = [1, 2, 4, 8], tolerance = 0.05 } } ]
                        """), List.of());
        Plan plan = Planner.plan(study);
        assertThat(byKnob(plan, "cardinality", "width-per-group"))
                .isEqualTo(Map.of(
                        1, List.of(64, 128, 256, 512),
                        2, List.of(40, 80, 160, 320),
                        4, List.of(24, 48, 96, 192),
                        8, List.of(13, 26, 52, 104),
                        32, List.of(4, 8, 16, 32)));
        assertThat(plan.variants().get(0).cost().macs()).isEqualTo(4_089_184_256L);
        assertThat(plan.variants().get(4).cost().params()).isEqualTo(25_028_904L);
    }

    @Test
    void theWordsOfANameAndOfAnObjectAskTheSame() {
        String grid = "{ family = bottleneck, cardinality = [1, 4], mid = { solve-for = params, tolerance ="
                + " 0.05, equal = %s } }";
        Plan named = plan(grid.formatted("\"of: cardinality=1 mid=16\""));
        Plan object = plan(grid.formatted("{ cardinality = 1, mid = 16 }"));
        assertThat(named.variants()).isNotEmpty().isEqualTo(object.variants());
        assertThat(named.variants().get(0).settings().values()).containsEntry("mid", 16);
    }

    @Test
    void anInvertedBottleneckEqualsAPlainOneInOneLine() {
        Plan plan =
                plan("{ family = inverted-bottleneck, kernel = [3, 5], widths = { times = [1, 2, 4], solve-for = macs,"
                        + " equal = { family = bottleneck, kernel = 3, widths = [64, 128, 256] }, tolerance"
                        + " = 0.05 } }");
        assertThat(plan.rejections()).isEmpty();
        assertThat(plan.variants()).hasSize(2);
        long bottleneck = Planner.plan(StudyFiles.grid(folder, "{ family = bottleneck, widths = [64, 128, 256] }"))
                .variants()
                .get(0)
                .cost()
                .macs();
        assertThat(plan.variants())
                .allSatisfy(variant ->
                        assertThat((double) variant.cost().macs()).isBetween(0.95 * bottleneck, 1.05 * bottleneck));
    }

    @Test
    void knobsOfTheGridAreKeptWhereTheOtherDoesNotNameThem() {
        Plan plan = plan("{ family = bottleneck, depths = [[1, 1, 1], [2, 2, 2]], kernel = [3, 5], cardinality = 4,"
                + " mid = { solve-for = macs, equal = { cardinality = 1, mid = 16 }, tolerance = 0.1 } }");
        for (Variant variant : plan.variants()) {
            long same = Planner.plan(StudyFiles.grid(
                            folder,
                            "{ family = bottleneck, mid = 16, depths = %s, kernel = %s }"
                                    .formatted(
                                            List.of(variant.settings().values().get("depths")),
                                            variant.settings().values().get("kernel"))))
                    .variants()
                    .get(0)
                    .cost()
                    .macs();
            assertThat((double) variant.cost().macs()).isBetween(0.9 * same, 1.1 * same);
        }
        assertThat(plan.variants()).hasSize(4);
    }

    @Test
    void nothingIsNearerThanWhatIsFound() {
        Plan plan = plan("{ family = bottleneck, cardinality = 8, mid = { solve-for = macs, equal = 6000000,"
                + " tolerance = 0.5 } }");
        long found = plan.variants().get(0).cost().macs();
        Plan all = plan("{ family = bottleneck, cardinality = 8, mid = { from = 8, to = 256, step = 8 } }");
        assertThat(all.variants())
                .allSatisfy(other -> assertThat(Math.abs(other.cost().macs() - 6_000_000))
                        .isGreaterThanOrEqualTo(Math.abs(found - 6_000_000)));
    }

    @Test
    void costMayFallAsTheKnobGrows() {
        Plan plan = plan("{ family = bottleneck, mid = 64, cardinality = { solve-for = params, equal = 60000,"
                + " tolerance = 0.2 } }");
        Plan all = plan("{ family = bottleneck, mid = 64, cardinality = [1, 2, 4, 8, 16, 32, 64] }");
        long found = plan.variants().get(0).cost().params();
        assertThat(all.variants())
                .allSatisfy(other -> assertThat(Math.abs(other.cost().params() - 60_000))
                        .isGreaterThanOrEqualTo(Math.abs(found - 60_000)));
    }

    @Test
    void theValueIsAMultipleWhereThatIsAsked() {
        Plan plan = plan("{ family = residual, mid = { solve-for = params, equal = 100000, multiple-of = 16,"
                + " tolerance = 0.2 } }");
        assertThat((int) plan.variants().get(0).settings().values().get("mid") % 16)
                .isZero();
    }

    @Test
    void aWholeTrainingIsThreePassesOfEveryImageOfEveryEpoch() {
        Study study = StudyFiles.read(folder, """
                study = x, data { source = y, train = 1000 }, training { epochs = 2 }
                grid = [ { family = residual, mid = { solve-for = training-macs, equal = 48e9, tolerance = 0.1 } }
                         { family = residual, mid = { solve-for = macs, equal = 8e6, tolerance = 0.1 } } ]
                """);
        Plan plan = Planner.plan(study, new Study.Input(new dev.narrows.net.Shape(1, 28, 28), 10));
        assertThat(plan.variants()).hasSize(1);
        assertThat(plan.repeats()).hasSize(1);
    }

    @Test
    void aTrainingOnPatchesCountsEachPatch() {
        Study study = StudyFiles.read(folder, """
                study = x, data { source = y, train = 250, size = [84, 56], patch = 28 }, training { epochs = 2 }
                grid = [ { family = residual, mid = { solve-for = training-macs, equal = 72e9, tolerance = 0.1 } }
                         { family = residual, mid = { solve-for = macs, equal = 8e6, tolerance = 0.1 } } ]
                """);
        Plan plan = Planner.plan(study, new Study.Input(new dev.narrows.net.Shape(1, 28, 28), 10));
        assertThat(plan.variants()).hasSize(1);
        assertThat(plan.repeats()).hasSize(1);
    }

    @Test
    void aCostThatCannotBeMetIsARejectionWithTheNearest() {
        assertThat(plan("{ family = residual, mid = { solve-for = macs, equal = 1000 } }")
                        .rejections())
                .extracting(rejection -> rejection.message().replace(folder + "/", ""))
                .containsExactly(
                        "x.conf: 2: Cannot make macs equal 1,000 by mid: the nearest is mid = 1 with 1,911,104,"
                                + " 191010.4 % off and over the tolerance of 2 %");
        assertThat(plan("{ family = bottleneck, cardinality = [32], mid = { solve-for = macs, equal ="
                                + " 8000000, tolerance = 0.001 } }")
                        .rejections())
                .extracting(Rejection::reason)
                .containsExactly("Cannot make macs equal 8,000,000 by mid: the nearest is mid = 64 with 8,524,928,"
                        + " 6.6 % off and over the tolerance of 0.1 %");
    }

    @Test
    void aRejectionIsLabelledByAQuestion() {
        assertThat(plan("{ family = residual, mid = { solve-for = macs, equal = 1000 } }")
                        .rejections())
                .extracting(Rejection::label)
                .containsExactly("residual mid=?");
    }

    @Test
    void aVariantThatCannotBeBuiltAtAnyValueSaysWhy() {
        assertThat(plan("{ family = residual, strides = [8, 8, 8], mid = { solve-for = macs, equal = 1000 } }")
                        .rejections())
                .extracting(Rejection::reason)
                .containsExactly(
                        "Cannot solve for mid: no value up to 4096 can be built: Cannot take strides = [8, 8, 8]"
                                + " for a 1x28x28 image: they shrink it more than 28 times");
    }

    @Test
    void aReferenceThatCannotBeBuiltSaysWhy() {
        assertThat(plan("{ family = bottleneck, mid = { solve-for = macs, equal = { cardinality = 3, mid = 8 } } }")
                        .rejections())
                .extracting(Rejection::reason)
                .containsExactly("Cannot tell what macs is to equal by mid:"
                        + " Cannot split 8 channels into 3 groups: 8 is not a multiple of 3");
    }
}
