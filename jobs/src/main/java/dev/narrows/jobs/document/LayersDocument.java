package dev.narrows.jobs.document;

import dev.narrows.cost.LayerCost;
import dev.narrows.space.Variant;
import java.util.List;

@Meaning("Output of narrows plan --layers.")
public record LayersDocument(
        @Meaning("Hash of the network and its input.") String variantId,
        @Meaning("Readable label of what varies.") String variant,
        @Meaning("Trainable scalars.") long params,
        @Meaning("Multiply-accumulates for one input.") long macs,

        @Meaning("Elements of all convolution outputs for one input.")
        long activations,

        @Meaning("Its layers that compute something, in the order of the network.")
        List<LayerLine> layers) {
    public LayersDocument {
        layers = List.copyOf(layers);
    }

    @Meaning("One layer, as in layers.parquet.")
    public record LayerLine(
            @Meaning("Path of the blocks around it.") String block,
            @Meaning("Type of the layer.") String layer,
            @Meaning("Channels of its output.") int outputChannels,
            @Meaning("Height of its output.") int outputHeight,
            @Meaning("Width of its output.") int outputWidth,
            @Meaning("Trainable scalars.") long params,
            @Meaning("Multiply-accumulates for one input.") long macs,

            @Meaning("Elements of its output, where it is a convolution; else 0.")
            long activations) {}

    public static LayersDocument of(Variant variant) {
        return new LayersDocument(
                variant.id(),
                variant.label(),
                variant.cost().params(),
                variant.cost().macs(),
                variant.cost().activations(),
                LayerCost.of(variant.network(), variant.input()).stream()
                        .map(layer -> new LayerLine(
                                layer.block(),
                                layer.layer(),
                                layer.output().channels(),
                                layer.output().height(),
                                layer.output().width(),
                                layer.params(),
                                layer.macs(),
                                layer.activations()))
                        .toList());
    }
}
