package dev.narrows.jobs.report;

import dev.narrows.drawing.Detail;
import dev.narrows.drawing.Drawing;
import dev.narrows.jobs.report.Page.Sketch;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.space.Variant;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures of the networks to choose from.
 *
 * @param left sentence on the variants of the front without a picture; empty where all have one
 */
record Sketches(List<Sketch> drawn, String left) {
    /** A picture is some 15 kB, and nobody compares more side by side. */
    private static final int MOST = 24;

    static Sketches of(Findings findings) {
        List<Sketch> drawn = new ArrayList<>();
        int front = 0;
        Map<String, Variant> variants = new HashMap<>();
        findings.plan().variants().forEach(variant -> variants.put(variant.id(), variant));
        for (VariantSummary summary : findings.front()) {
            // Several counts of training images are one network.
            Variant variant = variants.remove(summary.variantId());
            if (variant != null && front++ < MOST) {
                drawn.add(sketch(variant));
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
