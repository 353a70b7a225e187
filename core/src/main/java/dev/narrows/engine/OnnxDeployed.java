package dev.narrows.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.onnx.OnnxModel;
import dev.narrows.program.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** In ONNX Runtime, with all of its own optimisations: an ONNX file in fp32. */
final class OnnxDeployed implements Deployed {
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final OnnxTensor images;

    /**
     * @param device {@code cpu}, or {@code gpu:<address>} where the runtime was built for it
     * @param threads inside one operation
     * @throws IllegalStateException where the runtime cannot load it
     */
    OnnxDeployed(Layer network, Shape input, Weights weights, int batchSize, String device, int threads) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            if (device.startsWith("gpu:")) {
                options.addCUDA(Integer.parseInt(device.substring("gpu:".length())));
            }
            session = environment.createSession(OnnxModel.of("network", network, input, weights, Map.of()), options);
            FloatBuffer ones = ByteBuffer.allocateDirect(Math.toIntExact(batchSize * input.elements() * Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            while (ones.hasRemaining()) {
                ones.put(1);
            }
            images = OnnxTensor.createTensor(
                    environment, ones.flip(), new long[] {batchSize, input.channels(), input.height(), input.width()});
        } catch (OrtException e) {
            options.close();
            throw new IllegalStateException(
                    "Cannot measure in ONNX Runtime on %s: %s".formatted(device, e.getMessage()), e);
        }
    }

    static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public void call() {
        try (OrtSession.Result scores = session.run(Map.of(OnnxModel.INPUT, images))) {
            if (scores.size() != 1) {
                throw new IllegalStateException("ONNX Runtime gave %d results".formatted(scores.size()));
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot measure in ONNX Runtime: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            images.close();
            session.close();
            options.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot close ONNX Runtime: " + e.getMessage(), e);
        }
    }
}
