package dev.narrows.drawing;

import dev.narrows.cost.Cost;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;

/**
 * A picture of a network, as SVG.
 *
 * <p>Images enter at the top and scores leave at the bottom. Each layer that changes channels or positions is a band
 * from its input to its output, as wide as the square root of the channels, so that bottlenecks look narrow. Parallel
 * branches lie side by side. Equal blocks in a row are drawn once; of more than six that differ only in channels, the
 * first and the last are drawn. The picture follows the viewer's light or dark scheme and shows exact numbers in
 * tooltips.
 */
public final class Drawing {
    private Drawing() {}

    /**
     * Draws a network.
     *
     * @param title of the picture, such as a variant's label
     * @param input shape of the input (C, H, W)
     * @return an SVG document
     * @throws dev.narrows.net.ShapeException if the network cannot take this input
     * @throws IllegalArgumentException if a count exceeds 64 bits
     */
    public static String of(String title, Layer network, Shape input, Detail detail) {
        Cost cost = Cost.of(network, input);
        PicturePart read = PartBuilder.of(network, input);
        WidthScale scale = WidthScale.of(read);
        Graph graph = GraphBuilder.of(read, detail, scale);
        return new Picture(title, cost, read, scale, detail, graph, Placement.of(graph, detail)).svg();
    }
}
