package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Shape;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    @TempDir
    Path folder;

    private Plan plan(String entries) {
        return Planner.plan(StudyFiles.grid(folder, entries));
    }

    private List<String> messages(Plan plan) {
        return plan.rejections().stream()
                .map(rejection -> rejection.message().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void aGridIsACrossProductWhoseLastKnobVariesFastest() {
        assertThat(plan("{ family = bottleneck, mid-ratio = [0.25, 0.5], cardinality = [1, 4], norm = batch }")
                        .variants())
                .extracting(Variant::label)
                .containsExactly(
                        "bottleneck mid-ratio=0.25 cardinality=1",
                        "bottleneck mid-ratio=0.25 cardinality=4",
                        "bottleneck mid-ratio=0.5 cardinality=1",
                        "bottleneck mid-ratio=0.5 cardinality=4");
    }

    @Test
    void labelsShowWhatVariesOverAllGridsOfAFamily() {
        assertThat(plan("""
                        { family = bottleneck, widths = [[32, 64, 128], [16, 32, 64]] }
                        { family = bottleneck, norm = none }
                        { family = residual, mid = [8, null], mid-ratio = 1 }
                        { family = plain, norm = none }
                        """).variants())
                .extracting(Variant::label)
                .containsExactly(
                        "bottleneck widths=32-64-128 norm=batch",
                        "bottleneck widths=16-32-64 norm=batch",
                        "bottleneck widths=32-64-128 norm=none",
                        "residual mid=none",
                        "plain");
    }

    @Test
    void groupsThatDoNotDivideAreARejectionWithTheGridsLine() {
        Plan plan = plan("\n{ family = bottleneck, mid = 100\n cardinality = [1, 32] }");
        assertThat(plan.variants()).hasSize(1);
        assertThat(messages(plan))
                .containsExactly("x.conf: 3: Cannot split 100 channels into 32 groups: 100 is not a multiple of 32");
        assertThat(plan.rejections().get(0).settings().values()).containsEntry("cardinality", 32);
        assertThat(plan.rejections().get(0).label()).isEqualTo("bottleneck cardinality=32");
        assertThat(plan.rejections().get(0).cost()).isEmpty();
    }

    @Test
    void anImageTooSmallForTheStridesIsARejection() {
        assertThat(messages(plan("{ family = residual, strides = [4, 4, 4] }")))
                .containsExactly("x.conf: 2: Cannot take strides = [4, 4, 4] for a 1x28x28 image:"
                        + " they shrink it more than 28 times");
    }

    @Test
    void whatIsOverALimitIsARejectionWithItsCost() {
        String text = "study = x, input { shape = [1, 28, 28], classes = 10 }\ngrid = [ { family = residual, mid"
                + " = [4, 64] } ]\n";
        Plan params = Planner.plan(StudyFiles.read(folder, text + "limits { params = 100000 }"));
        assertThat(messages(params))
                .containsExactly(
                        "x.conf: 2: Cannot plan residual mid=64: 207,034 params are over the limit of 100,000");
        assertThat(params.rejections().get(0).cost().orElseThrow().params()).isEqualTo(207_034);
        assertThat(params.rejections().get(0).variantId()).isPresent();
        assertThat(messages(Planner.plan(StudyFiles.read(folder, text + "limits { macs = 5e6, activations = 1 }"))))
                .hasSize(2)
                .anyMatch(message -> message.contains("macs are over the limit of 5,000,000"))
                .anyMatch(message -> message.contains("activations are over the limit of 1"));
    }

    @Test
    void theMemoryOfTheLargestTrainingCounts() {
        String text =
                StudyFiles.LEAST + "limits { training-memory = 60 MB }\ntraining { batch-size = %s, precision = fp32 }";
        assertThat(Planner.plan(StudyFiles.read(folder, text.formatted("8"))).rejections())
                .isEmpty();
        assertThat(messages(Planner.plan(StudyFiles.read(folder, text.formatted("[8, 128]")))))
                .singleElement()
                .asString()
                .matches("x.conf: 1: Cannot plan residual: [0-9,]+ bytes to train it are over the limit of 60,000,000");
    }

    @Test
    void identicalNetworksAreOneWithTheSeedsOfAll() {
        Plan plan = plan("""
                { family = bottleneck, mid-ratio = 0.5, widths = [32, 64, 128], seeds = [0, 1] }
                { family = bottleneck, mid = [[16, 32, 64]], widths = [32, 64, 128], seeds = [1, 2] }
                """);
        assertThat(plan.variants())
                .singleElement()
                .satisfies(variant -> assertThat(variant.seeds()).containsExactly(0L, 1L, 2L));
        assertThat(plan.repeats())
                .extracting(repeat -> repeat.message().replace(folder + "/", ""))
                .containsExactly("x.conf: 3: bottleneck mid=16-32-64 mid-ratio=none is the same network as"
                        + " bottleneck mid=none mid-ratio=0.5");
    }

    @Test
    void aStreamGivesWhatAPlanHolds() {
        Study study = StudyFiles.grid(
                folder, "{ family = bottleneck, mid = [8, 12], cardinality = [1, 8], skip = [true, false] }");
        List<Planned> streamed = new ArrayList<>();
        Planner.stream(study, study.input().orElseThrow()).forEachRemaining(streamed::add);
        Plan plan = Planner.plan(study);
        assertThat(streamed).hasSize(8);
        assertThat(streamed).filteredOn(Variant.class::isInstance).isEqualTo(plan.variants());
        assertThat(streamed).filteredOn(Rejection.class::isInstance).isEqualTo(plan.rejections());
        assertThat(Planner.points(study, study.input().orElseThrow())).isEqualTo(8);
    }

    @Test
    void aPlanThatNoHeapHoldsIsRefused() {
        Study study = StudyFiles.grid(folder, "{ family = residual }");
        assertThatThrownBy(() -> Planner.refuseMoreThanFits(study, 1_000_000, 1L << 30))
                .isInstanceOf(BadInput.class)
                .hasMessageEndingWith("x.conf: Cannot hold a plan of 1,000,000 points: 1,024 MiB of heap hold 65,536;"
                        + " sample = { count = 200, seed = 1 } draws from a grid");
    }

    @Test
    void whatTheDataGiveMustBeKnown() {
        Study study = StudyFiles.read(folder, "study = x, data { source = y }, grid = [ { family = residual } ]");
        assertThatThrownBy(() -> Planner.plan(study))
                .isInstanceOf(BadInput.class)
                .hasMessageEndingWith("x.conf: Cannot plan without input: the data must be read first");
        assertThat(Planner.plan(study, new Study.Input(new Shape(3, 32, 32), 100))
                        .variants())
                .singleElement()
                .satisfies(variant -> assertThat(variant.classes()).isEqualTo(100));
    }
}
