package dev.narrows.jobs.report;

import dev.narrows.drawing.Detail;
import dev.narrows.drawing.Drawing;
import dev.narrows.jobs.report.Page.Sketch;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.space.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of the networks to choose from.
 *
 * @param left says how many of the front have none; empty where all have one
 */
record Sketches(List<Sketch> drawn, String left) {
    /** A picture is some 15 kB, and nobody compares more side by side. */
    private static final int MOST = 24;

    static Sketches of(List<Variant> variants, Figures figures) {
        List<Sketch> drawn = new ArrayList<>();
        int front = 0;
        for (int i = 0; i < variants.size(); i++) {
            if (figures.variants().get(i).front() && front++ < MOST) {
                drawn.add(sketch(variants.get(i)));
            }
        }
        return new Sketches(
                drawn,
                front > MOST
                        ? "These are %d of the %d on the front; narrows draw shows any.".formatted(MOST, front)
                        : "");
    }

    private static Sketch sketch(Variant variant) {
        return new Sketch(
                variant.id(),
                variant.label(),
                "%s params, %s MACs"
                        .formatted(
                                Numbers.count(variant.cost().params()),
                                Numbers.count(variant.cost().macs())),
                Drawing.of(variant.label(), variant.network(), variant.input(), Detail.BLOCKS));
    }
}
