package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.data.Dataset;
import dev.narrows.net.Layer;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The number of operators that libtorch runs in one training step, calls of operators within operators among them. Each
 * costs some microseconds on a processor and more on a GPU, where a small network waits for little else.
 */
class OperatorsTest {
    private static final Pattern OPERATOR = Pattern.compile("\"name\"\\s*:\\s*\"aten::");

    /** Operators of a step with libtorch 2.7.1, and a tenth more. */
    private static final Map<String, Integer> CEILINGS =
            Map.of("bottleneck", 1272, "convnext", 965, "dense", 1211, "inception", 2064, "inverted-bottleneck", 1230);

    @TempDir
    private Path folder;

    private static Dataset images(int train) {
        Dataset all = TrialRunnerTest.DATA;
        return new Dataset(
                all.shape(),
                all.classNames(),
                TrialRunnerTest.samples(train, 1),
                all.validation(),
                all.test(),
                all.mean(),
                all.deviation(),
                all.fingerprint());
    }

    private long operators(Layer network, int steps) throws IOException {
        Training training = TrialRunnerTest.training(1, Precision.FP32, 0.1, 0);
        Path trace = folder.resolve("trace.json");
        JniUtils.startProfile(false, false, false);
        TrialResult result = new TrialRunner(Engine.start(1))
                .run(
                        TrialRunnerTest.trial(network, 0, training),
                        images(steps * training.batchSize()),
                        "cpu",
                        Watch.none());
        JniUtils.stopProfile(trace.toString());
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        return OPERATOR.matcher(Files.readString(trace)).results().count();
    }

    @Test
    void aTrainingStepHasNoMoreOperatorsThanItNeeds() throws IOException {
        Engine.start(1);
        for (Map.Entry<String, Layer> network : SmallNetworks.all().entrySet()) {
            Layer layers = network.getValue();
            // The first run of a process loads what later ones find.
            operators(layers, 1);
            long ofAStep = (operators(layers, 5) - operators(layers, 1)) / 4;
            assertThat(ofAStep)
                    .as(network.getKey())
                    .isPositive()
                    .isLessThanOrEqualTo(CEILINGS.getOrDefault(network.getKey(), 0));
        }
    }
}
