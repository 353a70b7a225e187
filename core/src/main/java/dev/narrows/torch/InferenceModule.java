package dev.narrows.torch;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
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
