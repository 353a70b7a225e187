package dev.narrows.results;

import dev.narrows.cost.LayerCost;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One layer of a variant.
 *
 * @param position counted from 0 in the order of a forward pass
 */
public record LayerRow(String variantId, String variant, int position, LayerCost cost) {
    /** A row for every layer of a network that computes something, for an input of this shape (C, H, W). */
    public static List<LayerRow> of(String variantId, String variant, Layer network, Shape input) {
        List<LayerCost> layers = LayerCost.of(network, input);
        return IntStream.range(0, layers.size())
                .mapToObj(position -> new LayerRow(variantId, variant, position, layers.get(position)))
                .toList();
    }
}
