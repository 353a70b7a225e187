package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.narrows.family.Networks;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.onnx.OnnxModel;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.torch.InferenceModule;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes of the file the scores of the engine, for every family over random knobs. */
class OnnxInItsRuntimeTest {
    private static final Shape INPUT = FamiliesInTheEngineTest.INPUT;

    static Stream<Networks.Network> choices() {
        return FamiliesInTheEngineTest.choices();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void scoresAreTheEngines(Networks.Network choice) throws OrtException {
        scoresAreTheEngines(choice.layer(), FamiliesInTheEngineTest.BATCH);
    }

    @Test
    void poolingsOfUnevenWindowsAndOfPaddedOnesAreTheEngines() throws OrtException {
        scoresAreTheEngines(
                Chain.of(
                        Conv.same(3, 4, 3, 1, 1, true),
                        new Pool(Pool.Kind.MAX, 3, 2, 1),
                        new Pool(Pool.Kind.AVERAGE, 3, 1, 1),
                        new AdaptivePool(3)),
                2);
    }

    @Test
    void aFileTakesAnyNumberOfImagesAndKeepsItsNotes() throws OrtException {
        Layer network = Networks.defaults("bottleneck", INPUT, 7).layer();
        byte[] file = OnnxModel.of(
                "net", network, INPUT, FamiliesInTheEngineTest.trained(network), Map.of("narrows.variant", "a b=1"));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file)) {
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("narrows.variant", "a b=1");
            for (int batch : new int[] {1, 5}) {
                float[] images = new float[(int) (batch * INPUT.elements())];
                assertThat(run(environment, session, images, batch)).hasSize(batch * 7);
            }
        }
    }

    private static void scoresAreTheEngines(Layer network, int batch) throws OrtException {
        Weights weights = FamiliesInTheEngineTest.trained(network);
        byte[] archive = InferenceModule.of(Rules.kept(network, INPUT), weights);
        byte[] file = OnnxModel.of("net", network, INPUT, weights, Map.of());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, archive);
                OrtSession session = environment.createSession(file)) {
            NDArray images = FamiliesInTheEngineTest.images(manager, batch).transpose(0, 3, 1, 2);
            float[] expected = module.call(manager, "forward", images).get(0).toFloatArray();
            float[] scores = run(environment, session, images.toFloatArray(), batch);

            assertThat(scores).hasSameSizeAs(expected);
            double size = 0;
            double difference = 0;
            for (int i = 0; i < scores.length; i++) {
                size = Math.max(size, Math.abs(expected[i]));
                difference = Math.max(difference, Math.abs(expected[i] - scores[i]));
            }
            assertThat(size).isPositive();
            assertThat(difference / size).isLessThanOrEqualTo(1e-4);
        }
    }

    private static float[] run(OrtEnvironment environment, OrtSession session, float[] images, int batch)
            throws OrtException {
        long[] shape = {batch, INPUT.channels(), INPUT.height(), INPUT.width()};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of(OnnxModel.INPUT, tensor))) {
            FloatBuffer scores = ((OnnxTensor) result.get(OnnxModel.OUTPUT).orElseThrow()).getFloatBuffer();
            float[] all = new float[scores.remaining()];
            scores.get(all);
            return all;
        }
    }
}
