package dev.narrows.drawing;

import dev.narrows.cost.Cost;
import dev.narrows.drawing.Graph.Box;
import dev.narrows.drawing.Graph.Role;
import dev.narrows.drawing.PicturePart.LayerKind;
import dev.narrows.drawing.Placement.Bounds;
import dev.narrows.drawing.Placement.Point;
import dev.narrows.drawing.Silhouette.Band;
import dev.narrows.drawing.Silhouette.Bar;
import dev.narrows.drawing.Silhouette.Carried;
import dev.narrows.drawing.Silhouette.Dots;
import dev.narrows.drawing.Silhouette.Joint;
import dev.narrows.drawing.Silhouette.Line;
import dev.narrows.drawing.Silhouette.Mark;
import dev.narrows.net.Fork;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the picture: a header with the totals, the boxes and ways, and a legend. */
final class Picture {
    private static final double MARGIN = 20;
    private static final double HEAD = 62;
    private static final double LEGEND_LINE = 22;
    private static final double SWATCH = 26;
    private static final double NAME_SIZE = 13;
    private static final double CORNER = 6;

    private final String title;
    private final Cost cost;
    private final PicturePart network;
    private final WidthScale scale;
    private final Detail detail;
    private final Graph graph;
    private final Placement placement;
    private final Svg svg = new Svg();

    Picture(
            String title,
            Cost cost,
            PicturePart network,
            WidthScale scale,
            Detail detail,
            Graph graph,
            Placement placement) {
        this.title = title;
        this.cost = cost;
        this.network = network;
        this.scale = scale;
        this.detail = detail;
        this.graph = graph;
        this.placement = placement;
    }

    String svg() {
        String totals = "%s params · %s MACs · %s activations · %d layers deep"
                .formatted(
                        Wording.number(cost.params()),
                        Wording.number(cost.macs()),
                        Wording.number(cost.activations()),
                        cost.depth());
        List<Swatch> legend = legend();
        double legendWidth = legend.stream()
                .mapToDouble(swatch ->
                        swatch.width() + Sizes.BESIDE_TEXT + swatch.text().length() * Sizes.CHARACTER)
                .max()
                .orElse(0);
        double words = Math.max(title.length() * (Sizes.CHARACTER + 2), totals.length() * Sizes.CHARACTER);
        double inner = Math.max(placement.width(), Math.max(legendWidth, words));
        double height = MARGIN + HEAD + placement.height() + (legend.size() + 1) * LEGEND_LINE + MARGIN;
        svg.begin(
                inner + 2 * MARGIN,
                height,
                title,
                "From %s to %s: %,d params, %,d MACs, %,d activations, %d layers deep."
                        .formatted(
                                network.in(),
                                network.out(),
                                cost.params(),
                                cost.macs(),
                                cost.activations(),
                                cost.depth()));
        svg.rect("paper", 0, 0, inner + 2 * MARGIN, height, 0);
        svg.text("title", MARGIN, MARGIN + 16, title);
        svg.text("quiet", MARGIN, MARGIN + 36, totals);
        svg.group(MARGIN + (inner - placement.width()) / 2, MARGIN + HEAD, "");
        boxes(Set.of(Role.GROUP));
        ways();
        boxes(EnumSet.complementOf(EnumSet.of(Role.GROUP)));
        groupNames();
        svg.end();
        legend(legend, MARGIN + HEAD + placement.height() + LEGEND_LINE);
        return svg.finish();
    }

    private void ways() {
        for (List<Point> way : placement.ways()) {
            svg.path("way", way);
        }
    }

    private void boxes(Set<Role> roles) {
        for (int i = 0; i < graph.boxes().size(); i++) {
            Box box = graph.boxes().get(i);
            if (roles.contains(box.role())) {
                Bounds bounds = placement.bounds().get(i);
                svg.group(bounds.x(), bounds.y(), box.title());
                if (box.role() == Role.GROUP) {
                    svg.rect("opened", 0, 0, bounds.width(), bounds.height(), CORNER);
                } else {
                    box(box, bounds);
                }
                svg.end();
            }
        }
    }

    /** Draws the names of groups last, over the ways that cross them. */
    private void groupNames() {
        for (int i = 0; i < graph.boxes().size(); i++) {
            Box box = graph.boxes().get(i);
            if (box.role() == Role.GROUP) {
                Bounds bounds = placement.bounds().get(i);
                svg.text(
                        "name over",
                        bounds.x() + bounds.textX(),
                        bounds.y() + Sizes.LINE + 4,
                        box.lines().get(0));
            }
        }
    }

    private void box(Box box, Bounds bounds) {
        Silhouette outline = box.outline();
        boolean stands = detail == Detail.LAYERS && !Sizes.aside(box);
        double down = (bounds.height() - outline.height()) / 2;
        if (stands && outline.marks().size() == 1 && outline.marks().get(0) instanceof Band band) {
            // The band fills the box, to make room for its text.
            mark(new Band(band.kind(), band.text(), bounds.axis(), 0, band.top(), band.bottom(), bounds.height()));
        } else if (!stands) {
            // No way crosses text without an outline.
            double y = down;
            if (box.role() != Role.IN) {
                svg.line("way", bounds.axis(), 0, bounds.axis(), y);
            }
            if (box.role() != Role.OUT) {
                svg.line("way", bounds.axis(), y + outline.height(), bounds.axis(), bounds.height());
            }
            for (Mark mark : outline.marks()) {
                mark(mark.moved(bounds.axis() - outline.axis(), y));
            }
        }
        double text = (bounds.height() - box.lines().size() * Sizes.LINE) / 2 + NAME_SIZE - 1;
        for (int i = 0; i < box.lines().size(); i++) {
            boolean name = i == 0 && (box.role() == Role.PART || box.role() == Role.ELIDED);
            String kind = (name ? "name" : "quiet") + (stands ? " centred" : "");
            svg.text(kind, bounds.textX(), text + i * Sizes.LINE, box.lines().get(i));
        }
    }

    private void mark(Mark mark) {
        if (mark instanceof Band band) {
            svg.trapezoid(
                    band.kind().name().toLowerCase(Locale.ROOT),
                    band.axis(),
                    band.y(),
                    band.top(),
                    band.bottom(),
                    band.height());
        } else if (mark instanceof Carried carried) {
            svg.rect(
                    "carried", carried.axis() - carried.width() / 2, carried.y(), carried.width(), carried.height(), 0);
        } else if (mark instanceof Bar bar) {
            svg.rect("end", bar.axis() - bar.width() / 2, bar.y(), bar.width(), bar.height(), 1);
        } else if (mark instanceof Dots dots) {
            for (int i = 0; i < 3; i++) {
                svg.circle("end", dots.axis(), dots.y() + dots.height() * (1 + 2 * i) / 6, 1.7);
            }
        } else if (mark instanceof Line line) {
            svg.line("way", line.x1(), line.y1(), line.x2(), line.y2());
        } else if (mark instanceof Joint joint) {
            svg.joint(joint.merge() == Fork.Merge.ADD, joint.x(), joint.y());
        }
    }

    /** A line of the legend: a sample and its meaning. */
    private record Swatch(String kind, double width, String text) {}

    private List<Swatch> legend() {
        Set<LayerKind> kinds = EnumSet.noneOf(LayerKind.class);
        network.steps().forEach(step -> kinds.add(step.kind()));
        kinds.remove(LayerKind.KEEPING);
        List<Swatch> legend = new ArrayList<>();
        int quarter = Math.max(1, scale.widest() / 4);
        legend.add(new Swatch(
                "end",
                scale.width(scale.widest()),
                "%d channels: widths follow the square root of channels".formatted(scale.widest())));
        legend.add(new Swatch("end", scale.width(quarter), "%d channels".formatted(quarter)));
        for (LayerKind kind : kinds) {
            legend.add(new Swatch(kind.name().toLowerCase(Locale.ROOT), SWATCH, meaning(kind)));
        }
        if (graph.boxes().stream()
                .flatMap(box -> box.outline().marks().stream())
                .anyMatch(Carried.class::isInstance)) {
            legend.add(new Swatch("carried", SWATCH, "handed on as it is, beside what is computed"));
        }
        return legend;
    }

    private static String meaning(LayerKind kind) {
        return switch (kind) {
            case POINTWISE -> "1×1 convolution";
            case SPATIAL -> "convolution with a window";
            case GROUPED -> "convolution in groups, or depthwise";
            case LINEAR -> "linear layer";
            case RESIZING -> "pooling, up-sampling, crop";
            case KEEPING -> "";
        };
    }

    private void legend(List<Swatch> legend, double from) {
        double y = from;
        for (Swatch swatch : legend) {
            boolean bar = swatch.kind().equals("end");
            double thickness = bar ? 4 : 12;
            svg.rect(swatch.kind(), MARGIN, y - thickness / 2, swatch.width(), thickness, bar ? 1 : 0);
            svg.text("quiet", MARGIN + swatch.width() + Sizes.BESIDE_TEXT, y + 4, swatch.text());
            y += LEGEND_LINE;
        }
    }
}
