package dev.narrows.engine;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.onnx.OnnxModel;
import dev.narrows.program.ElementType;
import dev.narrows.program.Frozen;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.torch.InferenceModule;
import java.io.IOException;
import java.util.Map;

/** A network with the weights that a trial left, to be written as it is deployed: fp32, with batch norms folded. */
public final class TrainedNetwork {
    private final Layer network;
    private final Shape input;
    private final Weights weights;

    private TrainedNetwork(Layer network, Shape input, Weights weights) {
        this.network = network;
        this.input = input;
        this.weights = weights;
    }

    /**
     * That of an archive that was kept of it.
     *
     * @throws IOException where it is that of another network, or none
     */
    public static TrainedNetwork of(Layer network, Shape input, byte[] archive) throws IOException {
        return new TrainedNetwork(network, input, InferenceModule.weights(Rules.kept(network, input), archive));
    }

    /** A TorchScript archive, from normalised images (N, C, H, W) to scores. */
    public byte[] torchScript() {
        return InferenceModule.of(Frozen.of(Rules.deployment(network, input, ElementType.FP32), weights));
    }

    /** An ONNX file, likewise, with notes in its metadata. */
    public byte[] onnx(String name, Map<String, String> notes) {
        return OnnxModel.of(name, network, input, weights, notes);
    }
}
