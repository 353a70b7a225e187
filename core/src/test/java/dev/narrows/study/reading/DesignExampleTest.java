package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Axis;
import dev.narrows.study.DataSpec;
import dev.narrows.study.GridEntry;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Limits;
import dev.narrows.study.Loss;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that stands at the head of the documentation reads as it says. */
class DesignExampleTest {
    private static final String TEXT = """
            study = thin-or-wide
            question = "Does a thin middle or a wide middle pay?"
            data { source = "bundled:fashion-mnist", train = 4000, validation = 1000, split-seed = 0 }

            grid = [                                  # a list: several grids in one study
              { family = bottleneck
                stem { width = 16, kernel = 3, stride = 1 }
                widths = [32, 64, 128], depths = [1, 1, 1], strides = [1, 2, 2]   # knobs that are lists: one value each
                mid-ratio = [0.125, 0.25, 0.5]        # a scalar knob given a list: an axis
                cardinality = [1, 4]
                seeds = [0, 1] }
              { family = inverted-bottleneck
                widths = [[16, 32, 64], [24, 48, 96]] # a list knob given a list of lists: an axis
                depths = [1, 1, 1], strides = [1, 2, 2]
                expansion = [2, 4, 6], kernel = [3, 5], linear = [true, false] }
            ]

            training {
              epochs = 3, batch-size = 128, precision = auto
              optimizer { name = sgd, momentum = 0.9, nesterov = true, weight-decay = 5e-4 }
              schedule = one-cycle, learning-rate = [0.05, 0.1]   # a list here is a nuisance axis
            }
            limits { params = 1000000, macs = 50000000 }
            latency { for = all, batch-sizes = [1, 32] }
            objectives = [ { maximize = validation_accuracy }, { minimize = params }, { minimize = latency_p50_us } ]
            """;

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void read() {
        study = StudyFiles.read(folder, TEXT);
    }

    @Test
    void whatIsAskedAndOfWhichImages() {
        assertThat(study.name()).isEqualTo("thin-or-wide");
        assertThat(study.question()).contains("Does a thin middle or a wide middle pay?");
        assertThat(study.input()).isEmpty();
        assertThat(study.data())
                .containsExactly(new DataSpec(
                        "bundled:fashion-mnist", Optional.of(4000), Optional.of(1000), Optional.empty(), 0));
    }

    @Test
    void theKnobsTypeDecidesWhatAListMeans() {
        GridEntry bottleneck = study.grid().get(0);
        assertThat(values(bottleneck, "widths")).containsExactly(List.of(32, 64, 128));
        assertThat(values(bottleneck, "mid-ratio")).containsExactly(0.125, 0.25, 0.5);
        assertThat(values(bottleneck, "cardinality")).containsExactly(1, 4);
        assertThat(values(bottleneck, "stem.width")).containsExactly(16);
        GridEntry inverted = study.grid().get(1);
        assertThat(values(inverted, "widths")).containsExactly(List.of(16, 32, 64), List.of(24, 48, 96));
        assertThat(values(inverted, "linear")).containsExactly(true, false);
    }

    @Test
    void axesStandInTheFamilysOrderWithTheirLines() {
        GridEntry bottleneck = study.grid().get(0);
        assertThat(bottleneck.axes().stream().map(axis -> axis.knob().name()))
                .containsExactlyElementsOf(bottleneck.family().knobs().stream()
                        .map(knob -> knob.name())
                        .toList());
        assertThat(bottleneck.origin().line()).isEqualTo(6);
        assertThat(axis(bottleneck, "mid-ratio").origin().line()).isEqualTo(9);
        assertThat(axis(bottleneck, "mid-ratio").given()).isTrue();
        assertThat(axis(bottleneck, "norm").given()).isFalse();
    }

    @Test
    void seedsAreAGridsOwnOrTheStudys() {
        assertThat(study.grid().get(0).seeds()).containsExactly(0L, 1L);
        assertThat(study.grid().get(1).seeds()).containsExactly(0L);
    }

    @Test
    void aListOfRatesIsANuisanceAxis() {
        assertThat(study.training()).extracting(Training::learningRate).containsExactly(0.05, 0.1);
        assertThat(study.training().get(0))
                .isEqualTo(new Training(
                        3,
                        128,
                        Precision.AUTO,
                        new Optimizer.Sgd(0.9, true, 5e-4),
                        Schedule.ONE_CYCLE,
                        0.05,
                        0,
                        0,
                        0,
                        new Augmentation(0, false),
                        Loss.CROSS_ENTROPY,
                        0));
    }

    @Test
    void limitsLatencyAndObjectives() {
        assertThat(study.limits())
                .isEqualTo(new Limits(
                        Optional.of(1_000_000L), Optional.of(50_000_000L), Optional.empty(), Optional.empty()));
        assertThat(study.latency()).isEqualTo(new LatencySpec(LatencySpec.Which.ALL, List.of(1, 32), 3, 10, 1000));
        assertThat(study.objectives())
                .containsExactly(
                        new Objective(Measure.VALIDATION_ACCURACY, Objective.Direction.MAXIMIZE),
                        new Objective(Measure.PARAMS, Objective.Direction.MINIMIZE),
                        new Objective(Measure.LATENCY_P50_US, Objective.Direction.MINIMIZE));
    }

    private static List<Object> values(GridEntry entry, String knob) {
        return axis(entry, knob).values();
    }

    private static Axis axis(GridEntry entry, String knob) {
        return entry.axes().stream()
                .filter(axis -> axis.knob().name().equals(knob))
                .findFirst()
                .orElseThrow();
    }
}
