package dev.narrows.engine;

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
    private final OnnxRuntime runtime = new OnnxRuntime();
    private final AutoCloseable options;
    private final AutoCloseable session;
    private final AutoCloseable images;

    /**
     * @param device {@code cpu}, or {@code gpu:<address>} where the runtime was built for it
     * @param threads inside one operation
     * @throws IllegalStateException where the runtime cannot load it
     */
    OnnxDeployed(Layer network, Shape input, Weights weights, int batchSize, String device, int threads) {
        try {
            options = runtime.options(Engine.gpuNumber(device), threads);
            session = runtime.session(OnnxModel.of("network", network, input, weights, Map.of()), options);
            FloatBuffer ones = ByteBuffer.allocateDirect(Math.toIntExact(batchSize * input.elements() * Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            while (ones.hasRemaining()) {
                ones.put(1);
            }
            images = runtime.tensor(
                    ones.flip(), new long[] {batchSize, input.channels(), input.height(), input.width()});
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "Cannot measure in ONNX Runtime on %s: %s".formatted(device, e.getMessage()), e);
        }
    }

    @Override
    public void call() {
        int results;
        try {
            results = runtime.run(session, Map.of(OnnxModel.INPUT, images));
        } catch (IllegalStateException e) {
            throw new IllegalStateException("Cannot measure in ONNX Runtime: " + e.getMessage(), e);
        }
        if (results != 1) {
            throw new IllegalStateException("ONNX Runtime gave %d results".formatted(results));
        }
    }

    @Override
    public void close() {
        try {
            images.close();
            session.close();
            options.close();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot close ONNX Runtime: " + e.getMessage(), e);
        }
    }
}
