package dev.narrows.drawing;

import dev.narrows.cost.Cost;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;

/**
 * A picture of a network, as SVG.
 *
 * <p>Images come in at the top and scores go out at the bottom. Each layer that changes channels or positions is a band
 * from what comes in to what goes out, as wide as the square root of the channels, so that narrow places are narrow;
 * what lies side by side computes side by side. Blocks in a row that are all alike are drawn once; of more than six that
 * differ only in channels, the first and the last are. The picture follows the viewer's light or dark scheme and has
 * exact numbers where a pointer rests.
 */
public final class Drawing {
    private Drawing() {}

    /**
     * Draws a network.
     *
     * @param title what the picture is of, such as a variant's label
     * @param input what comes in (C, H, W)
     * @return an SVG document
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where a count is more than 64 bits hold
     */
    public static String of(String title, Layer network, Shape input, Detail detail) {
        Cost cost = Cost.of(network, input);
        PicturePart read = PartBuilder.of(network, input);
        WidthScale scale = WidthScale.of(read);
        Graph graph = GraphBuilder.of(read, detail, scale);
        return new Picture(title, cost, read, scale, detail, graph, Placement.of(graph, detail)).svg();
    }
}
