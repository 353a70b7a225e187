package dev.narrows.drawing;

import dev.narrows.cost.Cost;
import dev.narrows.drawing.Part.Elided;
import dev.narrows.drawing.Part.Kind;
import dev.narrows.drawing.Part.Named;
import dev.narrows.drawing.Part.Series;
import dev.narrows.drawing.Part.Sides;
import dev.narrows.drawing.Part.Step;
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

/** Reads a network into the parts of its picture, and tells which of them need to be drawn only once. */
final class Reading implements Visitor<Shape, Part> {
    /** More blocks in a row than this, alike but for their channels, are shown as the first and the last. */
    private static final int SHOWN = 6;

    private static final Pattern CHANNELS = Pattern.compile("\\d+→\\d+|(?<=norm )\\d+|(?<=scale )\\d+");

    private Reading() {}

    static Part of(Layer network, Shape input) {
        return network.accept(new Reading(), input);
    }

    private static Part step(Kind kind, Layer layer, Shape in) {
        Cost cost = Cost.of(layer, in);
        return new Step(kind, layer.toString(), in, layer.output(in), cost.params(), cost.macs());
    }

    @Override
    public Part conv(Conv conv, Shape in) {
        Kind kind = conv.kernel() == 1 ? Kind.POINTWISE : Kind.SPATIAL;
        return step(conv.groups() > 1 ? Kind.GROUPED : kind, conv, in);
    }

    @Override
    public Part transposedConv(TransposedConv conv, Shape in) {
        return step(Kind.SPATIAL, conv, in);
    }

    @Override
    public Part norm(Norm norm, Shape in) {
        return step(Kind.KEEPING, norm, in);
    }

    @Override
    public Part activation(Activation activation, Shape in) {
        return step(Kind.KEEPING, activation, in);
    }

    @Override
    public Part pool(Pool pool, Shape in) {
        return step(Kind.RESIZING, pool, in);
    }

    @Override
    public Part adaptivePool(AdaptivePool pool, Shape in) {
        return step(Kind.RESIZING, pool, in);
    }

    @Override
    public Part linear(Linear linear, Shape in) {
        return step(Kind.LINEAR, linear, in);
    }

    @Override
    public Part flatten(Flatten flatten, Shape in) {
        return step(Kind.KEEPING, flatten, in);
    }

    @Override
    public Part upsample(Upsample upsample, Shape in) {
        return step(Kind.RESIZING, upsample, in);
    }

    @Override
    public Part scale(Scale scale, Shape in) {
        return step(Kind.KEEPING, scale, in);
    }

    @Override
    public Part crop(Crop crop, Shape in) {
        return step(Kind.RESIZING, crop, in);
    }

    /** It changes nothing, and is no part of a picture. */
    @Override
    public Part tap(Tap tap, Shape in) {
        return new Series(in, in, List.of());
    }

    @Override
    public Part block(Block block, Shape in) {
        return new Named(List.of(block.name()), block.body().accept(this, in));
    }

    @Override
    public Part chain(Chain chain, Shape in) {
        List<Part> parts = new ArrayList<>();
        Shape shape = in;
        for (Layer layer : chain.steps()) {
            Part part = layer.accept(this, shape);
            if (part instanceof Series series) {
                parts.addAll(series.parts());
            } else {
                parts.add(part);
            }
            shape = part.out();
        }
        List<Part> shown = elided(repeated(parts));
        return shown.size() == 1 ? shown.get(0) : new Series(in, shape, shown);
    }

    @Override
    public Part fork(Fork fork, Shape in) {
        List<Part> branches = new ArrayList<>(fork.branches().size());
        for (Layer branch : fork.branches()) {
            branches.add(branch.accept(this, in));
        }
        return new Sides(fork.merge(), in, fork.output(in), branches);
    }

    /** Equal neighbours become one that stands for all of them. */
    private static List<Part> repeated(List<Part> parts) {
        List<Part> shown = new ArrayList<>();
        for (Part part : parts) {
            Part before = shown.isEmpty() ? null : shown.get(shown.size() - 1);
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

    /** Of many neighbours that differ only in channels, the first and the last stay. */
    private static List<Part> elided(List<Part> parts) {
        List<Part> shown = new ArrayList<>();
        List<Named> run = new ArrayList<>();
        String runOf = "";
        for (Part part : parts) {
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

    private static void end(List<Named> run, List<Part> shown) {
        if (run.size() > SHOWN) {
            shown.add(run.get(0));
            shown.add(new Elided(run.subList(1, run.size() - 1)));
            shown.add(run.get(run.size() - 1));
        } else {
            shown.addAll(run);
        }
        run.clear();
    }

    /** The same for two parts that differ in nothing but their channels. */
    private static String likeness(Part part) {
        if (part instanceof Step step) {
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

    private static String likeness(List<Part> parts) {
        return parts.stream().map(Reading::likeness).collect(Collectors.joining(", ", "[", "]"));
    }
}
