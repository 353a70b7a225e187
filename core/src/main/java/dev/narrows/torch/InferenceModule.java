package dev.narrows.torch;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network as it is deployed: an archive with the one method {@code forward(x)}, from normalised fp32 images
 * (N, C, H, W) to fp32 scores (N, classes), with batch norms by their running statistics.
 *
 * <p>Python opens it with {@code torch.jit.load}.
 */
public final class InferenceModule {
    private InferenceModule() {}

    /**
     * The weights of an archive that {@link #of} made of this network.
     *
     * @throws IOException where it is that of another network, or none
     */
    public static Weights weights(Layer network, byte[] archive) throws IOException {
        List<Slot> slots = Slots.of(network);
        List<float[]> tensors =
                Archive.read(archive, slots.stream().map(Slot::shape).toList());
        Weights weights = new Weights();
        for (int i = 0; i < slots.size(); i++) {
            weights.put(slots.get(i), tensors.get(i));
        }
        return weights;
    }

    /** The archive of a network with these weights. */
    public static byte[] of(Layer network, Shape input, Weights weights, ElementType precision) {
        List<Archive.Attribute> attributes = Slots.of(network).stream()
                .map(slot -> new Archive.Attribute(
                        slot.name(), slot.shape(), slot.role().trainable(), FloatBuffer.wrap(weights.get(slot))))
                .toList();
        String forward = """
                  def forward(self: __torch__.Net,
                    x: Tensor) -> Tensor:
                """ + Script.of(network, input, precision, Script.Use.DEPLOYED) + """
                    return scores
                """;
        return Archive.of(attributes, forward);
    }
}
