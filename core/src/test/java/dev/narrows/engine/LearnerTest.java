package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.program.Parameter;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors that a training step leaves on its device. */
class LearnerTest {
    private static final int BATCH = 4;

    static byte[] archive(Optimizer optimizer, Precision precision, Form form) {
        var network = SmallNetworks.bottleneck();
        return TrainingModule.of(
                network,
                SmallNetworks.INPUT,
                Initialisation.of(Lowering.of(network, SmallNetworks.INPUT), 0),
                Engine.elementType(precision),
                form,
                optimizer,
                new Target.Label(0),
                0);
    }

    private static NDArray images(PtNDManager manager) {
        return manager.arange(0f, (float) (BATCH * SmallNetworks.INPUT.elements()), 1f, DataType.FLOAT32)
                .sin()
                .reshape(new Shape(
                        BATCH,
                        SmallNetworks.INPUT.height(),
                        SmallNetworks.INPUT.width(),
                        SmallNetworks.INPUT.channels()));
    }

    /** Figures of so many steps at this rate, read so many at a time, and the weights at the end. */
    private record Course(List<StepFigures> figures, List<float[]> weights) {}

    private static Course course(
            Optimizer optimizer, Precision precision, Form form, double rate, int steps, int atOnce) {
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, archive(optimizer, precision, form));
                Learner learner = new Learner(
                        module, optimizer, precision, FamiliesInTheEngineTest.rates(steps, rate), BATCH, false)) {
            NDArray images = images(manager);
            NDArray labels = manager.create(new long[] {0, 1, 2, 0});
            List<StepFigures> figures = new ArrayList<>();
            for (int step = 1; step <= steps; step++) {
                learner.learn(images, labels);
                if (step % atOnce == 0) {
                    figures.addAll(learner.read(step - atOnce, Collections.nCopies(atOnce, (long) BATCH)));
                }
            }
            return new Course(
                    figures,
                    module.call(manager, "weights").stream()
                            .map(NDArray::toFloatArray)
                            .toList());
        }
    }

    @Test
    void figuresComeInTheOrderOfStepsHoweverManyAreReadTogether() {
        Optimizer optimizer = new Optimizer.Sgd(0.9, false, 0);
        int steps = 3 * ReadingPace.MOST_STEPS;
        Course together = course(optimizer, Precision.FP32, Form.CHANNELS_LAST, 0.01, steps, ReadingPace.MOST_STEPS);
        assertThat(steps).isGreaterThan(TrainingModule.FIGURES);
        assertThat(together.figures()).hasSize(steps);
        assertThat(together.figures())
                .isEqualTo(course(optimizer, Precision.FP32, Form.CHANNELS_LAST, 0.01, steps, 1)
                        .figures());
        assertThat(together.figures().get(steps - 1).loss())
                .isLessThan(together.figures().get(0).loss() / 2);
        assertThat(together.figures().get(0).counted()).isEqualTo(BATCH);
        assertThat(together.figures().get(0).scale()).isEqualTo(1);
    }

    /** Fused and separate optimizers compute the same, in other operations. */
    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "FP16"})
    void theFormOfGpusLearnsAsThatOfProcessors(Precision precision) {
        for (Optimizer optimizer : List.of(
                new Optimizer.Sgd(0.9, true, 5e-4),
                new Optimizer.Sgd(0, false, 0.01),
                new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.05))) {
            Course processor = course(optimizer, precision, Form.CHANNELS_LAST, 0.003, 20, 20);
            Course gpu = course(optimizer, precision, Form.GPU_CHANNELS_LAST, 0.003, 20, 20);
            float first = processor.figures().get(0).loss();
            float last = processor.figures().get(19).loss();
            assertThat(last).as("%s", optimizer).isLessThan(first);
            // In bf16 processors compute some small layers in fp32.
            assertThat((double) gpu.figures().get(0).loss())
                    .isCloseTo(first, org.assertj.core.data.Percentage.withPercentage(1));
            assertThat((double) gpu.figures().get(19).loss())
                    .as("%s", optimizer)
                    .isCloseTo(last, org.assertj.core.data.Offset.offset(0.1 * (first - last)));
        }
    }

    /** In fp16 gradients overflow at the first scale where they are large; the scale halves until they do not. */
    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"CHANNELS_LAST", "GPU_CHANNELS_LAST"})
    void aStepThatOverflowsMovesNothingAndHalvesTheScale(Form form) {
        Optimizer optimizer = new Optimizer.Sgd(0.9, false, 0);
        Course none = course(optimizer, Precision.FP16, form, 0, 1, 1);
        assertThat(none.figures().get(0).scale()).isLessThanOrEqualTo(65_536);
        Course wild = course(optimizer, Precision.FP16, form, 1e9, 40, 40);
        List<StepFigures> overflowed =
                wild.figures().stream().filter(StepFigures::overflowed).toList();
        assertThat(overflowed).isNotEmpty();
        float scale = 65_536;
        for (StepFigures step : wild.figures()) {
            scale = step.overflowed() ? scale / 2 : scale;
            assertThat(step.scale()).isEqualTo(scale);
            if (step.overflowed()) {
                assertThat(step.squaredNorm()).isZero();
            }
        }
        int first = wild.figures().indexOf(overflowed.get(0));
        assertThat(norms(course(optimizer, Precision.FP16, form, 1e9, first + 1, 1)))
                .isEqualTo(norms(course(optimizer, Precision.FP16, form, 1e9, first, 1)));
    }

    /** Sums of the weights that are trained: the running statistics move with every batch. */
    private static List<Double> norms(Course course) {
        List<Parameter> parameters =
                Rules.kept(SmallNetworks.bottleneck(), SmallNetworks.INPUT).parameters();
        List<Double> sums = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).role().trainable()) {
                double sum = 0;
                for (float weight : course.weights().get(i)) {
                    sum += weight;
                }
                sums.add(sum);
            }
        }
        return sums;
    }
}
