package dev.narrows.drawing;

import dev.narrows.drawing.PicturePart.DrawnLayer;
import dev.narrows.drawing.PicturePart.Elided;
import dev.narrows.drawing.PicturePart.LayerKind;
import dev.narrows.drawing.PicturePart.Named;
import dev.narrows.drawing.PicturePart.Series;
import dev.narrows.drawing.PicturePart.Sides;
import dev.narrows.net.Fork;
import java.util.ArrayList;
import java.util.List;

/**
 * The outline of a part of a network, from top to bottom: each layer that changes channels or positions is a band whose
 * upper width shows its input and whose lower width its output.
 *
 * @param width in pixels
 * @param height in pixels
 * @param axis x of its input at the top and its output at the bottom, in pixels from the left
 * @param marks to draw, relative to its upper left corner
 */
record Silhouette(double width, double height, double axis, List<Mark> marks) {
    private static final double BAND = 13;
    private static final double THIN_BAND = 6;
    private static final double GAP = 2;
    private static final double BESIDE = 10;
    private static final double FORKING = 7;
    private static final double MERGING = 16;
    private static final double PASSAGE = 12;
    private static final double BAR = 4;
    private static final double DOTS = 18;

    /** A shape to draw. */
    sealed interface Mark {
        Mark moved(double dx, double dy);
    }

    /** A layer: a trapezoid about a vertical axis. */
    record Band(LayerKind kind, String text, double axis, double y, double top, double bottom, double height)
            implements Mark {
        @Override
        public Mark moved(double dx, double dy) {
            return new Band(kind, text, axis + dx, y + dy, top, bottom, height);
        }
    }

    /** The network's input or output: a bar about a vertical axis. */
    record Bar(double axis, double y, double width, double height) implements Mark {
        @Override
        public Mark moved(double dx, double dy) {
            return new Bar(axis + dx, y + dy, width, height);
        }
    }

    /** Three dots, one above the other. */
    record Dots(double axis, double y, double height) implements Mark {
        @Override
        public Mark moved(double dx, double dy) {
            return new Dots(axis + dx, y + dy, height);
        }
    }

    /** Channels passed on unchanged: a light rectangle about a vertical axis. */
    record Carried(double axis, double y, double width, double height) implements Mark {
        @Override
        public Mark moved(double dx, double dy) {
            return new Carried(axis + dx, y + dy, width, height);
        }
    }

    /** A line from corner to corner. */
    record Line(double x1, double y1, double x2, double y2) implements Mark {
        @Override
        public Mark moved(double dx, double dy) {
            return new Line(x1 + dx, y1 + dy, x2 + dx, y2 + dy);
        }
    }

    /** A merge of branches. */
    record Joint(Fork.Merge merge, double x, double y) implements Mark {
        @Override
        public Mark moved(double dx, double dy) {
            return new Joint(merge, x + dx, y + dy);
        }
    }

    static final Silhouette EMPTY = new Silhouette(0, 0, 0, List.of());

    Silhouette {
        marks = List.copyOf(marks);
    }

    double right() {
        return width - axis;
    }

    /** The network's input or output. */
    static Silhouette bar(double width) {
        return new Silhouette(width, BAR, width / 2, List.of(new Bar(width / 2, 0, width, BAR)));
    }

    /** A single merge. */
    static Silhouette joint(Fork.Merge merge) {
        return new Silhouette(MERGING, MERGING, MERGING / 2, List.of(new Joint(merge, MERGING / 2, MERGING / 2)));
    }

    /** Dots in place of elided blocks. */
    static Silhouette dots() {
        return new Silhouette(BAR, DOTS, BAR / 2, List.of(new Dots(BAR / 2, 0, DOTS)));
    }

    static Silhouette of(PicturePart part, WidthScale scale) {
        if (part instanceof DrawnLayer step) {
            return step(step, scale);
        }
        if (part instanceof Series series) {
            return series(series.parts(), scale);
        }
        if (part instanceof Sides sides) {
            return sides(sides, scale);
        }
        if (part instanceof Named named) {
            return of(named.shown(), scale);
        }
        if (part instanceof Elided) {
            return EMPTY;
        }
        throw new AssertionError(part);
    }

    private static Silhouette step(DrawnLayer step, WidthScale scale) {
        return step.kind() == LayerKind.KEEPING ? EMPTY : layer(step, scale);
    }

    /** A single layer; empty for a flattened map, which has no width to show. */
    static Silhouette layer(DrawnLayer step, WidthScale scale) {
        if (step.kind() == LayerKind.KEEPING && !step.in().equals(step.out())) {
            return EMPTY;
        }
        double bottom = scale.width(step.out().channels());
        double top = scale.draws(step.in().channels()) ? scale.width(step.in().channels()) : bottom;
        double width = Math.max(top, bottom);
        double height = step.kind() == LayerKind.RESIZING ? THIN_BAND : BAND;
        return new Silhouette(
                width,
                height,
                width / 2,
                List.of(new Band(step.kind(), step.text(), width / 2, 0, top, bottom, height)));
    }

    private static Silhouette series(List<PicturePart> parts, WidthScale scale) {
        List<Silhouette> rows = parts.stream()
                .map(part -> of(part, scale))
                .filter(row -> !row.marks().isEmpty())
                .toList();
        if (rows.isEmpty()) {
            return EMPTY;
        }
        double axis = rows.stream().mapToDouble(Silhouette::axis).max().orElseThrow();
        double right = rows.stream().mapToDouble(Silhouette::right).max().orElseThrow();
        List<Mark> marks = new ArrayList<>();
        double y = 0;
        for (Silhouette row : rows) {
            if (y > 0) {
                marks.add(new Line(axis, y, axis, y + GAP));
                y += GAP;
            }
            for (Mark mark : row.marks()) {
                marks.add(mark.moved(axis - row.axis(), y));
            }
            y += row.height();
        }
        return new Silhouette(axis + right, y, axis, marks);
    }

    private static Silhouette sides(Sides sides, WidthScale scale) {
        List<PicturePart> parts = sides.parts();
        List<Silhouette> columns = new ArrayList<>();
        for (PicturePart part : parts) {
            Silhouette column = of(part, scale);
            boolean carried = column.marks().isEmpty() && sides.merge() == Fork.Merge.CONCAT;
            double width = carried ? scale.width(part.out().channels()) : column.width();
            columns.add(column.marks().isEmpty() ? new Silhouette(width, 0, width / 2, List.of()) : column);
        }
        double tallest = Math.max(
                PASSAGE, columns.stream().mapToDouble(Silhouette::height).max().orElseThrow());
        double[] lefts = new double[columns.size()];
        double width = 0;
        for (int i = 0; i < lefts.length; i++) {
            lefts[i] = width;
            width += columns.get(i).width() + (i < lefts.length - 1 ? BESIDE : 0);
        }
        // A sum centres on the branch with most layers, a concatenation on all branches.
        int main = sides.main();
        double axis = sides.merge() == Fork.Merge.ADD
                ? lefts[main] + columns.get(main).axis()
                : width / 2;
        double ends = FORKING + tallest;
        double joined = ends + MERGING / 4;
        List<Mark> marks = new ArrayList<>();
        double leftmost = axis;
        double rightmost = axis;
        for (int i = 0; i < lefts.length; i++) {
            Silhouette column = columns.get(i);
            double x = lefts[i] + column.axis();
            leftmost = Math.min(leftmost, x);
            rightmost = Math.max(rightmost, x);
            marks.add(new Line(x, FORKING / 2, x, FORKING));
            double top = FORKING + (column.marks().isEmpty() ? 0 : (tallest - column.height()) / 2);
            if (column.marks().isEmpty() && column.width() > 0) {
                marks.add(new Carried(x, FORKING, column.width(), tallest));
            } else {
                marks.add(new Line(x, FORKING, x, ends));
            }
            for (Mark mark : column.marks()) {
                marks.add(mark.moved(lefts[i], top));
            }
            marks.add(new Line(x, ends, x, joined));
        }
        double height = ends + MERGING;
        marks.add(new Line(axis, 0, axis, FORKING / 2));
        marks.add(new Line(leftmost, FORKING / 2, rightmost, FORKING / 2));
        marks.add(new Line(leftmost, joined, rightmost, joined));
        marks.add(new Line(axis, joined, axis, height));
        marks.add(new Joint(sides.merge(), axis, joined));
        return new Silhouette(width, height, axis, marks);
    }
}
