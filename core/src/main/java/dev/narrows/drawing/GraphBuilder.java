package dev.narrows.drawing;

import dev.narrows.drawing.Graph.Box;
import dev.narrows.drawing.Graph.Role;
import dev.narrows.drawing.Graph.Way;
import dev.narrows.drawing.PicturePart.DrawnLayer;
import dev.narrows.drawing.PicturePart.Elided;
import dev.narrows.drawing.PicturePart.Named;
import dev.narrows.drawing.PicturePart.Series;
import dev.narrows.drawing.PicturePart.Sides;
import dev.narrows.net.Fork;
import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Builds the graph of boxes for the parts of a network, from its input down. */
final class GraphBuilder {
    private final Detail detail;
    private final WidthScale scale;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    /** True while the part being added is on the main way: in the branch with most layers at every enclosing fork. */
    private boolean main = true;

    private GraphBuilder(Detail detail, WidthScale scale) {
        this.detail = detail;
        this.scale = scale;
    }

    static Graph of(PicturePart network, Detail detail, WidthScale scale) {
        GraphBuilder builder = new GraphBuilder(detail, scale);
        int last = builder.add(network, builder.end(Role.IN, network.in()), OptionalInt.empty());
        builder.ways.add(new Way(last, builder.end(Role.OUT, network.out()), true));
        return new Graph(builder.boxes, builder.ways);
    }

    private int box(OptionalInt group, Role role, Silhouette outline, List<String> lines, String title) {
        boxes.add(new Box(
                group,
                role,
                main,
                outline,
                lines.stream().filter(line -> !line.isEmpty()).toList(),
                title));
        return boxes.size() - 1;
    }

    private int end(Role role, Shape shape) {
        String word = role.name().toLowerCase(Locale.ROOT);
        return box(
                OptionalInt.empty(),
                role,
                Silhouette.bar(scale.width(Math.min(scale.widest(), shape.channels()))),
                List.of(word + " " + Wording.shape(shape)),
                "%s: %s".formatted(word, shape));
    }

    /** Adds a part after a box and returns its last box, which for the identity is the same box. */
    private int add(PicturePart part, int from, OptionalInt group) {
        if (part instanceof DrawnLayer step) {
            return step(step, from, group);
        }
        if (part instanceof Series series) {
            int last = from;
            for (PicturePart next : series.parts()) {
                last = add(next, last, group);
            }
            return last;
        }
        if (part instanceof Sides sides) {
            return sides(sides, from, group);
        }
        if (part instanceof Named block) {
            return block(block, from, group);
        }
        if (part instanceof Elided elided) {
            return elided(elided, from, group);
        }
        throw new AssertionError(part);
    }

    private int after(int from, int box) {
        ways.add(new Way(from, box, main));
        return box;
    }

    private int step(DrawnLayer step, int from, OptionalInt group) {
        String shape = step.kind() == PicturePart.LayerKind.KEEPING ? "" : Wording.shape(step.out());
        String costs = Wording.costs(1, step.params(), step.macs());
        String second = shape.isEmpty() || costs.isEmpty() || step.macs() == 0 ? shape : shape + " · " + costs;
        Silhouette outline = Silhouette.layer(step, scale);
        String title = "%s: %s to %s, %,d params, %,d MACs"
                .formatted(step.text(), step.in(), step.out(), step.params(), step.macs());
        return after(from, box(group, Role.PART, outline, List.of(step.text(), second), title));
    }

    private int block(Named block, int from, OptionalInt group) {
        String name = Wording.names(block.names()) + (block.times() > 1 ? " ×" + block.times() : "");
        String costs = Wording.costs(block.times(), block.params(), block.macs());
        String title = Wording.exactly(block);
        boolean opened = detail == Detail.LAYERS && block.steps().findAny().isPresent();
        if (opened) {
            String line = costs.isEmpty() ? name : name + " · " + costs;
            int opening = box(group, Role.GROUP, Silhouette.EMPTY, List.of(line), title);
            return add(block.shown(), from, OptionalInt.of(opening));
        }
        OptionalInt narrowest = Wording.narrowest(block);
        String shape = Wording.shape(block.out())
                + (narrowest.isPresent() ? ", %d channels at its narrowest".formatted(narrowest.getAsInt()) : "");
        return after(from, box(group, Role.PART, Silhouette.of(block, scale), List.of(name, shape, costs), title));
    }

    private int elided(Elided elided, int from, OptionalInt group) {
        int count = elided.names().size();
        String name = "%s: %d more alike".formatted(Wording.names(elided.names()), count);
        String costs =
                "%s params · %s MACs in all".formatted(Wording.number(elided.params()), Wording.number(elided.macs()));
        String title = "%s: from %s to %s channels, %,d params, %,d MACs in all"
                .formatted(
                        String.join(", ", elided.names()),
                        elided.in().channels(),
                        elided.out().channels(),
                        elided.params(),
                        elided.macs());
        String growing = "%s to %s".formatted(Wording.shape(elided.in()), Wording.shape(elided.out()));
        return after(from, box(group, Role.ELIDED, Silhouette.dots(), List.of(name, growing, costs), title));
    }

    private int sides(Sides sides, int from, OptionalInt group) {
        List<Integer> ends = new ArrayList<>();
        boolean outer = main;
        for (int i = 0; i < sides.parts().size(); i++) {
            main = outer && i == sides.main();
            ends.add(add(sides.parts().get(i), from, group));
        }
        main = outer;
        String word = sides.merge() == Fork.Merge.ADD ? "sum" : "concatenation";
        int merge = box(
                group,
                Role.MERGE,
                Silhouette.joint(sides.merge()),
                List.of(Wording.shape(sides.out())),
                "%s of %d: %s"
                        .formatted(word, sides.parts().size(), sides.out())
                        .toLowerCase(Locale.ROOT));
        for (int i = 0; i < ends.size(); i++) {
            ways.add(new Way(ends.get(i), merge, outer && i == sides.main()));
        }
        return merge;
    }
}
