package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scale's own rules, and fp16 training by it, which libtorch computes on a processor too, slowly. */
class LossScaleTest {
    @Test
    void overflowHalvesTheScaleAndManySteadyStepsDoubleIt() {
        LossScale scale = LossScale.of(Precision.FP16);
        assertThat(scale.value()).isEqualTo(65_536);
        scale.saw(false);
        assertThat(scale.value()).isEqualTo(32_768);
        for (int step = 1; step < 2000; step++) {
            scale.saw(true);
        }
        assertThat(scale.value()).isEqualTo(32_768);
        scale.saw(true);
        assertThat(scale.value()).isEqualTo(65_536);
        for (int step = 1; step < 2000; step++) {
            scale.saw(true);
        }
        scale.saw(false);
        scale.saw(true);
        assertThat(scale.value()).as("an overflow begins the count anew").isEqualTo(32_768);
    }

    @Test
    void aScaleBelowOneIsNone() {
        LossScale scale = LossScale.of(Precision.FP16);
        for (int halvings = 0; halvings < 16; halvings++) {
            scale.saw(false);
        }
        assertThat(scale.exhausted()).isFalse();
        scale.saw(false);
        assertThat(scale.exhausted()).isTrue();
    }

    @Test
    void otherPrecisionsHaveNone() {
        assertThat(LossScale.of(Precision.FP32).moves()).isFalse();
        assertThat(LossScale.of(Precision.BF16).moves()).isFalse();
    }

    /** Unscaling undoes scaling, reports overflow, and leaves nothing behind. */
    @Test
    void scaledGradientsComeBackAndOverflowShows() {
        Engine engine = Engine.start(1);
        var network = SmallNetworks.bottleneck();
        byte[] archive = TrainingModule.of(
                network,
                SmallNetworks.INPUT,
                Initialisation.of(Lowering.of(network, SmallNetworks.INPUT), 0),
                ElementType.FP16,
                Form.CHANNELS_LAST,
                new Optimizer.Sgd(0, false, 0),
                new Target.Label(0),
                0);
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive)) {
            module.enableTraining();
            NDArray images = manager.ones(new Shape(
                    4, SmallNetworks.INPUT.height(), SmallNetworks.INPUT.width(), SmallNetworks.INPUT.channels()));
            NDArray labels = manager.zeros(new Shape(4), DataType.INT64);
            float plain = sum(module, manager, images, labels, 1);
            float scaled = sum(module, manager, images, labels, 256);
            assertThat(scaled).isCloseTo(plain, org.assertj.core.data.Percentage.withPercentage(5));
            assertThat(sum(module, manager, images, labels, 1e30)).matches(value -> !Float.isFinite(value));
            assertThat(sum(module, manager, images, labels, 256)).isEqualTo(scaled);
        }
    }

    private static float sum(Module module, PtNDManager manager, NDArray images, NDArray labels, double scale) {
        NDList out = module.record("loss", images, labels);
        module.backward(out.get(0), scale);
        float sum = module.call(manager, "unscale", List.of(1 / scale)).get(0).getFloat();
        module.call(manager, "forget");
        return sum;
    }

    @Test
    void aNetworkLearnsInFp16AsItDoesInFp32() {
        TrialResult half = trained(Precision.FP16);
        TrialResult single = trained(Precision.FP32);
        assertThat(half.outcome()).as(String.valueOf(half.message())).isEqualTo(Outcome.COMPLETED);
        double last = half.epochs().get(2).trainLoss();
        assertThat(last).isLessThan(half.epochs().get(0).trainLoss());
        assertThat(last).isCloseTo(single.epochs().get(2).trainLoss(), org.assertj.core.data.Offset.offset(0.1));
        assertThat(half.environment().precision()).isEqualTo("fp16");
    }

    private static TrialResult trained(Precision precision) {
        return new TrialRunner(Engine.start(1))
                .run(
                        TrialRunnerTest.trial(
                                SmallNetworks.bottleneck(), 0, TrialRunnerTest.training(3, precision, 0.05, 0)),
                        TrialRunnerTest.DATA,
                        "cpu",
                        Watch.none());
    }
}
