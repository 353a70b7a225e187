package dev.narrows.family;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Crop;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The U-Net, with a score for each class and position: a level is u(x) = g([h(x), up(next(pool(h(x))))]), with h and g
 * runs of k×k convolutions of the level's width, each with norm and activation; the lowest level is h alone. Skip
 * connections are cropped to the up-sampled map if convolutions are not padded. A 1x1 convolution with a bias gives the
 * scores.
 *
 * <p>A transposed convolution brings the channels to the level's width. Interpolation cannot, so the last convolution
 * below it does; both pass up equally many channels.
 *
 * <p>Source: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI
 * 2015, figure 1.
 */
public final class UNet implements Family {
    private enum Up {
        TRANSPOSED,
        BILINEAR,
        NEAREST
    }

    private static final int HALF = 2;

    private static final Knob<Optional<Integer>> BASE_WIDTH = Knob.integer(
                    "base-width", 1, "Channels of the uppermost level, doubled at each level below")
            .orNone()
            .insteadOf("widths");
    private static final Knob<Optional<List<Integer>>> WIDTHS = Knob.integers(
                    "widths", 1, "Channels of each level from the uppermost to the lowest, depth + 1 of them")
            .orNone()
            .insteadOf("base-width");
    private static final Knob<Integer> DEPTH = Knob.integer("depth", 1, "Halvings of height and width");
    private static final Knob<Integer> CONVOLUTIONS =
            Knob.integer("convolutions", 1, "Convolutions in a row, at each level on each way");
    private static final Knob<Integer> KERNEL =
            Knob.integer("kernel", 1, "Side of the convolutions' windows, in pixels; odd");
    private static final Knob<Boolean> PADDED =
            Knob.flag("padded", "true: convolutions keep height and width; false: each loses kernel - 1");
    private static final Knob<PoolChoice> POOL =
            Knob.choice("pool", PoolChoice.class, "Pooling of 2x2 windows that halves height and width; not none");
    private static final Knob<Up> UP = Knob.choice("up", Up.class, "Operation that doubles height and width");
    private static final Knob<Boolean> SKIP =
            Knob.flag("skip", "true: a level passes its activations to the same level of the way up");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            List.of(BASE_WIDTH, WIDTHS, DEPTH, CONVOLUTIONS, KERNEL, PADDED, POOL, UP, SKIP), Style.KNOBS);

    @Override
    public String name() {
        return "u-net";
    }

    @Override
    public List<Knob<?>> knobs() {
        return KNOBS;
    }

    @Override
    public Layer build(Settings settings, Shape input, int classes) {
        int depth = settings.get(DEPTH);
        List<Integer> widths = widths(settings, depth);
        PoolChoice pool = settings.get(POOL);
        if (pool.kind().isEmpty()) {
            throw new IllegalArgumentException("Cannot take pool = none: u-net halves by pooling, max or average");
        }
        boolean padded = settings.get(PADDED);
        if (padded) {
            fit(input, depth);
        }
        Levels plan = new Levels(
                Style.of(settings),
                widths,
                settings.get(CONVOLUTIONS),
                settings.get(KERNEL),
                padded,
                pool.kind().get(),
                settings.get(UP),
                settings.get(SKIP));
        Layer levels = plan.level(0, input);
        return Chain.of(levels, new Block("head", Conv.pointwise(widths.get(0), classes, true)));
    }

    private static List<Integer> widths(Settings settings, int depth) {
        Optional<Integer> base = settings.get(BASE_WIDTH);
        Optional<List<Integer>> given = settings.get(WIDTHS);
        if (base.isPresent() == given.isPresent()) {
            throw new IllegalArgumentException(
                    "Cannot size the levels: one of base-width and widths is needed, given are %s"
                            .formatted(
                                    base.isPresent()
                                            ? "base-width = %s, widths = %s".formatted(base.get(), given.orElseThrow())
                                            : "none"));
        }
        if (given.isPresent()) {
            if (given.get().size() != depth + 1) {
                throw new IllegalArgumentException(
                        "Cannot take widths = %s: it has %d entries where depth = %d asks for %d"
                                .formatted(given.get(), given.get().size(), depth, depth + 1));
            }
            return given.get();
        }
        List<Integer> doubled = new ArrayList<>(depth + 1);
        for (int level = 0; level <= depth; level++) {
            doubled.add(Rounding.nearest(Math.scalb((double) base.orElseThrow(), level)));
        }
        return doubled;
    }

    private static void fit(Shape image, int depth) {
        long multiple = depth < Integer.SIZE ? 1L << depth : Integer.MAX_VALUE;
        if (image.height() % multiple != 0 || image.width() % multiple != 0) {
            throw new IllegalArgumentException(
                    "Cannot halve a %s image with depth = %d: height and width must be multiples of %d"
                            .formatted(image, depth, multiple));
        }
    }

    /** Settings that all levels share. */
    private record Levels(
            Style style,
            List<Integer> widths,
            int convolutions,
            int kernel,
            boolean padded,
            Pool.Kind pool,
            Up up,
            boolean skip) {
        /** Builds a level and all below it for the input from above. */
        Layer level(int level, Shape input) {
            int width = widths.get(level);
            int below = level == widths.size() - 1 ? 0 : widths.get(level + 1);
            if (below == 0) {
                return new Block("bottom", run(input.channels(), width, handedUp(level), Optional.of("bottom")));
            }
            Layer down = new Block("down " + (level + 1), run(input.channels(), width, width, Optional.empty()));
            Shape across = padded ? input.withChannels(width) : down.output(input);
            if (across.height() % HALF != 0 || across.width() % HALF != 0) {
                throw new IllegalArgumentException(
                        "Cannot halve %s at level %d of u-net with padded = %s: height and width must be even"
                                .formatted(across, level + 1, padded));
            }
            Layer pooling = new Block("down-sampling " + (level + 1), new Pool(pool, HALF, HALF, 0));
            Layer inner = level(level + 1, new Shape(width, across.height() / HALF, across.width() / HALF));
            Layer back = new Block("up-sampling " + (level + 1), doubled(below, width));
            Chain under = Chain.of(pooling, inner, back);
            Layer merged = skip ? Fork.concat(handed(across, under), under) : under;
            int taken = skip ? Rounding.exact(2L * width) : width;
            return Chain.of(
                    down, merged, new Block("up " + (level + 1), run(taken, width, handedUp(level), Optional.empty())));
        }

        private Layer handed(Shape across, Chain under) {
            if (padded) {
                return Chain.identity();
            }
            Shape target = under.output(across);
            return new Crop(target.height(), target.width());
        }

        /** Channels that a level passes up: before interpolation, those of the level above. */
        private int handedUp(int level) {
            return level == 0 || up == Up.TRANSPOSED ? widths.get(level) : widths.get(level - 1);
        }

        private Layer doubled(int below, int width) {
            return switch (up) {
                case TRANSPOSED -> new TransposedConv(below, width, HALF, HALF, true);
                case BILINEAR -> new Upsample(Upsample.Kind.BILINEAR, HALF);
                case NEAREST -> new Upsample(Upsample.Kind.NEAREST, HALF);
            };
        }

        /** Builds a run of convolutions; all but the last have the level's width. */
        private Chain run(int in, int width, int out, Optional<String> tap) {
            Chain.Builder run = Chain.builder();
            int channels = in;
            for (int i = 0; i < convolutions; i++) {
                int next = i == convolutions - 1 ? out : width;
                Conv conv = padded
                        ? style.conv(channels, next, kernel, 1, 1)
                        : new Conv(channels, next, kernel, 1, 0, 1, style.bias());
                style.addActivated(run, conv);
                channels = next;
            }
            if (tap.isPresent()) {
                run.add(new Tap(tap.get()));
            }
            return run.build();
        }
    }
}
