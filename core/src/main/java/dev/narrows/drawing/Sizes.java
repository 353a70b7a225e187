package dev.narrows.drawing;

import dev.narrows.drawing.Graph.Box;
import dev.narrows.drawing.Graph.Role;
import java.util.List;

/**
 * How large boxes are. Where blocks are closed, all outlines lie about one axis with the words to their right, so that
 * widths can be compared down the picture; where they are opened, each layer's words stand on it.
 */
interface Sizes {
    /** Height of a line of text, in pixels. */
    double LINE = 15;

    /** Pixels from outline to text. */
    double BESIDE_TEXT = 14;

    /** A character's width at most, in pixels, of a face that we do not know. */
    double CHARACTER = 7.0;

    /**
     * @param axis where ways enter and leave, from the left
     * @param textX where text begins, or is centred
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
        // Whole pixels, as the layout rounds to them and ways would lean.
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

    /** Off the main way, a box takes no more room than it needs. */
    private static BoxSize alone(Box box) {
        double textX = Math.ceil(box.outline().width() + BESIDE_TEXT);
        return new BoxSize(
                textX + Math.ceil(textWidth(box)),
                Math.ceil(Math.max(box.outline().height(), box.lines().size() * LINE)),
                Math.ceil(box.outline().axis()),
                textX);
    }

    /** Whether the words stand beside the outline, however much is shown. */
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
