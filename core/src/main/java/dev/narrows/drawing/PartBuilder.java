package dev.narrows.drawing;

import dev.narrows.cost.Cost;
import dev.narrows.drawing.PicturePart.DrawnLayer;
import dev.narrows.drawing.PicturePart.Elided;
import dev.narrows.drawing.PicturePart.LayerKind;
import dev.narrows.drawing.PicturePart.Named;
import dev.narrows.drawing.PicturePart.Series;
import dev.narrows.drawing.PicturePart.Sides;
import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Crop;
import dev.narrows.net.Flatten;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Pool;
import dev.narrows.net.Scale;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import dev.narrows.net.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Converts a network into the parts of its picture, and merges equal neighbours. */
final class PartBuilder implements Visitor<Shape, PicturePart> {
    /**
     * Longest run of blocks, equal except for channels, that is drawn whole; of longer ones, the first and last are.
     */
    private static final int SHOWN = 6;

    private static final Pattern CHANNELS = Pattern.compile("\\d+→\\d+|(?<=norm )\\d+|(?<=scale )\\d+");

    private PartBuilder() {}

    static PicturePart of(Layer network, Shape input) {
        return network.accept(new PartBuilder(), input);
    }

    private static PicturePart step(LayerKind kind, Layer layer, Shape in) {
        Cost cost = Cost.of(layer, in);
        return new DrawnLayer(kind, layer.toString(), in, layer.output(in), cost.params(), cost.macs());
    }

    @Override
    public PicturePart conv(Conv conv, Shape in) {
        LayerKind kind = conv.kernel() == 1 ? LayerKind.POINTWISE : LayerKind.SPATIAL;
        return step(conv.groups() > 1 ? LayerKind.GROUPED : kind, conv, in);
    }

    @Override
    public PicturePart transposedConv(TransposedConv conv, Shape in) {
        return step(LayerKind.SPATIAL, conv, in);
    }

    @Override
    public PicturePart norm(Norm norm, Shape in) {
        return step(LayerKind.KEEPING, norm, in);
    }

    @Override
    public PicturePart activation(Activation activation, Shape in) {
        return step(LayerKind.KEEPING, activation, in);
    }

    @Override
    public PicturePart pool(Pool pool, Shape in) {
        return step(LayerKind.RESIZING, pool, in);
    }

    @Override
    public PicturePart adaptivePool(AdaptivePool pool, Shape in) {
        return step(LayerKind.RESIZING, pool, in);
    }

    @Override
    public PicturePart linear(Linear linear, Shape in) {
        return step(LayerKind.LINEAR, linear, in);
    }

    @Override
    public PicturePart flatten(Flatten flatten, Shape in) {
        return step(LayerKind.KEEPING, flatten, in);
    }

    @Override
    public PicturePart upsample(Upsample upsample, Shape in) {
        return step(LayerKind.RESIZING, upsample, in);
    }

    @Override
    public PicturePart scale(Scale scale, Shape in) {
        return step(LayerKind.KEEPING, scale, in);
    }

    @Override
    public PicturePart crop(Crop crop, Shape in) {
        return step(LayerKind.RESIZING, crop, in);
    }

    /** A tap changes nothing and is not drawn. */
    @Override
    public PicturePart tap(Tap tap, Shape in) {
        return new Series(in, in, List.of());
    }

    @Override
    public PicturePart block(Block block, Shape in) {
        return new Named(List.of(block.name()), block.body().accept(this, in));
    }

    @Override
    public PicturePart chain(Chain chain, Shape in) {
        List<PicturePart> parts = new ArrayList<>();
        Shape shape = in;
        for (Layer layer : chain.steps()) {
            PicturePart part = layer.accept(this, shape);
            if (part instanceof Series series) {
                parts.addAll(series.parts());
            } else {
                parts.add(part);
            }
            shape = part.out();
        }
        List<PicturePart> shown = elided(repeated(parts));
        return shown.size() == 1 ? shown.get(0) : new Series(in, shape, shown);
    }

    @Override
    public PicturePart fork(Fork fork, Shape in) {
        List<PicturePart> branches = new ArrayList<>(fork.branches().size());
        for (Layer branch : fork.branches()) {
            branches.add(branch.accept(this, in));
        }
        return new Sides(fork.merge(), in, fork.output(in), branches);
    }

    /** Merges equal neighbours into one part. */
    private static List<PicturePart> repeated(List<PicturePart> parts) {
        List<PicturePart> shown = new ArrayList<>();
        for (PicturePart part : parts) {
            PicturePart before = shown.isEmpty() ? null : shown.get(shown.size() - 1);
            if (part instanceof Named next
                    && before instanceof Named first
                    && next.shown().equals(first.shown())) {
                List<String> names = new ArrayList<>(first.names());
                names.addAll(next.names());
                shown.set(shown.size() - 1, new Named(names, first.shown()));
            } else {
                shown.add(part);
            }
        }
        return shown;
    }

    /** Elides all but the first and the last of many neighbours that differ only in channels. */
    private static List<PicturePart> elided(List<PicturePart> parts) {
        List<PicturePart> shown = new ArrayList<>();
        List<Named> run = new ArrayList<>();
        String runOf = "";
        for (PicturePart part : parts) {
            String next = part instanceof Named named && named.times() == 1 ? likeness(named.shown()) : "";
            if (next.isEmpty() || !next.equals(runOf)) {
                end(run, shown);
            }
            runOf = next;
            if (part instanceof Named named && !next.isEmpty()) {
                run.add(named);
            } else {
                shown.add(part);
            }
        }
        end(run, shown);
        return shown;
    }

    private static void end(List<Named> run, List<PicturePart> shown) {
        if (run.size() > SHOWN) {
            shown.add(run.get(0));
            shown.add(new Elided(run.subList(1, run.size() - 1)));
            shown.add(run.get(run.size() - 1));
        } else {
            shown.addAll(run);
        }
        run.clear();
    }

    /** A text that is equal for parts that differ only in channels. */
    private static String likeness(PicturePart part) {
        if (part instanceof DrawnLayer step) {
            return "%s %dx%d"
                    .formatted(
                            CHANNELS.matcher(step.text()).replaceAll(""),
                            step.in().height(),
                            step.in().width());
        }
        if (part instanceof Series series) {
            return likeness(series.parts());
        }
        if (part instanceof Sides sides) {
            return sides.merge() + likeness(sides.parts());
        }
        if (part instanceof Named named) {
            return likeness(named.shown());
        }
        return "";
    }

    private static String likeness(List<PicturePart> parts) {
        return parts.stream().map(PartBuilder::likeness).collect(Collectors.joining(", ", "[", "]"));
    }
}
