package dev.narrows.drawing;

import dev.narrows.drawing.Graph.Box;
import dev.narrows.drawing.Graph.Role;
import java.util.List;

/**
 * Sizes of boxes. Closed blocks have their outlines on one axis and their text to the right, so that widths can be
 * compared down the picture. Opened blocks have each layer's text on the layer.
 */
interface Sizes {
    /** Line height of text, in pixels. */
    double LINE = 15;

    /** Pixels from outline to text. */
    double BESIDE_TEXT = 14;

    /** Upper bound of a character's width in pixels; the viewer's typeface is unknown. */
    double CHARACTER = 7.0;

    /**
     * @param axis x of the ways in and out, from the left
     * @param textX start or centre of the text, from the left
     */
    record BoxSize(double width, double height, double axis, double textX) {}

    BoxSize of(Box box);

    static double textWidth(Box box) {
        return box.lines().stream().mapToInt(String::length).max().orElse(0) * CHARACTER;
    }

    static Sizes of(Graph graph, Detail detail) {
        return switch (detail) {
            case BLOCKS -> inColumns(graph.boxes());
            case LAYERS -> Sizes::around;
        };
    }

    private static Sizes inColumns(List<Box> boxes) {
        double axis =
                boxes.stream().mapToDouble(box -> box.outline().axis()).max().orElse(0);
        double right =
                boxes.stream().mapToDouble(box -> box.outline().right()).max().orElse(0);
        double text = boxes.stream().mapToDouble(Sizes::textWidth).max().orElse(0);
        // ELK rounds to whole pixels; other values would make ways lean.
        double middle = Math.ceil(axis);
        double textX = Math.ceil(middle + right + BESIDE_TEXT);
        return box -> !box.main()
                ? alone(box)
                : new BoxSize(
                        textX + Math.ceil(text),
                        Math.ceil(Math.max(box.outline().height(), box.lines().size() * LINE)),
                        middle,
                        textX);
    }

    /** A box off the main way takes only the room that it needs. */
    private static BoxSize alone(Box box) {
        double textX = Math.ceil(box.outline().width() + BESIDE_TEXT);
        return new BoxSize(
                textX + Math.ceil(textWidth(box)),
                Math.ceil(Math.max(box.outline().height(), box.lines().size() * LINE)),
                Math.ceil(box.outline().axis()),
                textX);
    }

    /** True if the text stands beside the outline at every level of detail. */
    static boolean aside(Box box) {
        return switch (box.role()) {
            case IN, OUT, MERGE, ELIDED -> true;
            case PART, GROUP -> false;
        };
    }

    private static BoxSize around(Box box) {
        if (box.role() == Role.GROUP) {
            double text = textWidth(box) + 2 * BESIDE_TEXT;
            return new BoxSize(text, LINE, text / 2, BESIDE_TEXT);
        }
        if (aside(box)) {
            double axis = Math.ceil(box.outline().axis());
            double half = BESIDE_TEXT + Math.ceil(textWidth(box));
            return new BoxSize(
                    2 * (axis + half), Math.max(box.outline().height(), LINE), axis + half, 2 * axis + half + 6);
        }
        double width = 2 * Math.ceil((Math.max(box.outline().width(), textWidth(box)) + BESIDE_TEXT) / 2);
        double height = box.lines().size() * LINE + 6;
        return new BoxSize(width, height, width / 2, width / 2);
    }
}
