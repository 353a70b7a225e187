package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.Frozen;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Precision;
import dev.narrows.torch.InferenceModule;

/** In LibTorch, the engine that trains: a TorchScript archive in fp32, images channels-last, both on the device. */
final class TorchDeployed implements Deployed {
    private final Module module;
    private final NDArray images;

    TorchDeployed(PtNDManager manager, Layer network, Shape input, Weights weights, int batchSize) {
        Frozen frozen = Frozen.of(Rules.deployment(network, input, Engine.elementType(Precision.FP32)), weights);
        this.module = new Module(manager, InferenceModule.of(frozen));
        NDArray last = module.manager()
                .ones(
                        new ai.djl.ndarray.types.Shape(batchSize, input.height(), input.width(), input.channels()),
                        DataType.FLOAT32);
        this.images = last.transpose(0, 3, 1, 2);
    }

    @Override
    public void call() {
        try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
            NDList scores = module.call(manager, "forward", images);
            // Reading a score waits for a device that computes on its own.
            scores.get(0).getFloat(0, 0);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
