package dev.narrows.family;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The Inception module: y = [σ(W₁ · x), σ(W₃ · σ(R₃ · x)), σ(W₅ · σ(R₅ · x)), σ(P · pool(x))], with W₁, R₃, R₅ and P
 * 1x1 convolutions, W₃ a 3x3 and W₅ a 5x5 one, each with its norm, and a 3x3 max pooling that keeps height and width.
 * R₃ and R₅ reduce the channels before the wide windows; without them the windows see all channels. A pooling shrinks
 * before the first module of a stage.
 *
 * <p>Without norms and biases a branch of c channels behind a reduction to r has in·r + k²·r·c parameters, and k²·in·c
 * without one.
 *
 * <p>Source: Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, figure 2 and table 1.
 */
public final class Inception implements Family {
    static final int WINDOW = 3;

    private static final Knob<Optional<List<Integer>>> WIDTHS = Knob.integers(
                    "widths", 1, "Channels that the modules of each stage put out, split by shares")
            .orNone();
    private static final Knob<List<Integer>> SHARES = Knob.integers(
            "shares", 0, "Parts of the width that the 1x1, 3x3, 5x5 and pooling branches put out; 0: no such branch");
    private static final Knob<Optional<ByStage<Integer>>> BRANCH_1X1 = branch("1x1");
    private static final Knob<Optional<ByStage<Integer>>> BRANCH_3X3 = branch("3x3");
    private static final Knob<Optional<ByStage<Integer>>> BRANCH_5X5 = branch("5x5");
    private static final Knob<Optional<ByStage<Integer>>> BRANCH_POOL = branch("pool");
    private static final Knob<Boolean> REDUCE =
            Knob.flag("reduce", "true: 1x1 convolutions reduce the channels before the 3x3 and 5x5 ones");
    private static final Knob<Optional<ByStage<Double>>> REDUCE_RATIO = Knob.decimalByStage(
                    "reduce-ratio", 0, "Channels of a reduction as a share of those that its branch puts out")
            .orNone();
    private static final Knob<Optional<ByStage<Integer>>> REDUCE_3X3 = reduction("3x3");
    private static final Knob<Optional<ByStage<Integer>>> REDUCE_5X5 = reduction("5x5");
    private static final Knob<Integer> KERNEL_5X5 =
            Knob.integer("kernel-5x5", 1, "Side of the window of the 5x5 branch, in pixels; odd");
    private static final Knob<Boolean> POOL_PROJECTION = Knob.flag(
            "pool-projection", "true: a 1x1 convolution ends the pooling branch; false: it puts out all channels");
    private static final Knob<PoolChoice> POOL =
            Knob.choice("pool", PoolChoice.class, "Pooling of 3x3 windows before a stage; not none");
    private static final Knob<Optional<Integer>> STEM_SECOND_REDUCE = Knob.integer(
                    "stem.second-reduce", 1, "Channels of a 1x1 convolution before the stem's second; null: none")
            .orNone();
    private static final Knob<Optional<Integer>> STEM_SECOND_WIDTH = Knob.integer(
                    "stem.second-width",
                    1,
                    "Channels of a second, 3x3 convolution of the stem, behind its pooling; null: none")
            .orNone();

    private static final List<Knob<?>> KNOBS = Families.knobs(
            List.of(WIDTHS, Stages.DEPTHS, Stages.STRIDES, SHARES, BRANCH_1X1, BRANCH_3X3, BRANCH_5X5, BRANCH_POOL),
            List.of(REDUCE, REDUCE_RATIO, REDUCE_3X3, REDUCE_5X5, KERNEL_5X5, POOL_PROJECTION, POOL),
            Style.KNOBS,
            Stem.KNOBS,
            List.of(STEM_SECOND_REDUCE, STEM_SECOND_WIDTH),
            Head.KNOBS);

    private static Knob<Optional<ByStage<Integer>>> branch(String which) {
        return Knob.integerByStage(
                        "branch-" + which,
                        0,
                        "Channels that the " + which + " branch puts out, by stage or by module; 0: no such branch")
                .orNone()
                .insteadOf("widths");
    }

    private static Knob<Optional<ByStage<Integer>>> reduction(String which) {
        return Knob.integerByStage(
                        "reduce-" + which,
                        0,
                        "Channels that the 1x1 before the " + which + " leaves, by stage or by module; 0: no reduction")
                .orNone()
                .insteadOf("reduce-ratio");
    }

    @Override
    public String name() {
        return "inception";
    }

    @Override
    public List<Knob<?>> knobs() {
        return KNOBS;
    }

    @Override
    public Layer build(Settings settings, Shape input, int classes) {
        Style style = Style.of(settings);
        Stages stages = Stages.withoutWidths(settings);
        Stem stem = Stem.of(settings);
        stages.fit(input, stem.shrink());
        Modules modules = new Modules(settings, stages);
        int wideKernel = settings.get(KERNEL_5X5);
        boolean projected = settings.get(POOL_PROJECTION);
        PoolChoice pool = settings.get(POOL);

        Chain.Builder network = Chain.builder();
        int channels = addStem(network, settings, stem, style, input.channels());
        int index = 0;
        for (int stage = 0; stage < stages.count(); stage++) {
            int stride = stages.strides().get(stage);
            for (int block = 0; block < stages.depths().get(stage); block++) {
                String name = Stages.name(stage, block);
                InceptionModule module = modules.at(stage, index++);
                Layer forked = module.layer(style, name, channels, wideKernel, projected);
                boolean shrinks = block == 0 && stride > 1;
                network.add(new Block(name, shrinks ? Chain.of(shrinking(pool, stride), forked) : forked));
                channels = module.width(channels, projected);
            }
        }
        return Head.of(settings).finish(network, style, input, channels, classes);
    }

    private static int addStem(Chain.Builder network, Settings settings, Stem stem, Style style, int in) {
        Optional<Integer> reduce = settings.get(STEM_SECOND_REDUCE);
        Optional<Integer> second = settings.get(STEM_SECOND_WIDTH);
        if (stem.width().isEmpty()) {
            return in;
        }
        int channels = stem.width().get();
        Chain.Builder layers = Chain.builder();
        stem.addTo(layers, style, in, true);
        if (second.isPresent()) {
            if (reduce.isPresent()) {
                style.addActivated(layers, style.pointwise(channels, reduce.get()));
                channels = reduce.get();
            }
            style.addActivated(layers, style.conv(channels, second.get(), WINDOW, 1, 1));
            channels = second.get();
        }
        network.add(new Block("stem", layers.build()));
        return channels;
    }

    private static Pool shrinking(PoolChoice pool, int stride) {
        Pool.Kind kind = pool.kind()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot take pool = none with a stride of %d: inception shrinks by pooling".formatted(stride)));
        return new Pool(kind, WINDOW, stride, WINDOW / 2);
    }

    /** Channels and settings of every module, from the knobs. */
    private static final class Modules {
        private final Stages stages;
        private final int count;
        private final Optional<List<Integer>> widths;
        private final List<Integer> shares;
        private final long parts;
        private final Optional<ByStage<Integer>> straight;
        private final Optional<ByStage<Integer>> branch3;
        private final Optional<ByStage<Integer>> branch5;
        private final Optional<ByStage<Integer>> pool;
        private final boolean reduce;
        private final Optional<ByStage<Double>> ratio;
        private final Optional<ByStage<Integer>> reduce3;
        private final Optional<ByStage<Integer>> reduce5;

        Modules(Settings settings, Stages stages) {
            this.stages = stages;
            this.count = stages.depths().stream().mapToInt(Integer::intValue).sum();
            this.widths = settings.get(WIDTHS);
            if (widths.isPresent()) {
                Stages.sameLength("widths", widths.get(), "depths", stages.depths());
            }
            this.shares = settings.get(SHARES);
            this.parts = shares.stream().mapToLong(Integer::longValue).sum();
            if (shares.size() != 4 || parts == 0) {
                throw new IllegalArgumentException(
                        "Cannot take shares = %s: it needs four entries, for 1x1, 3x3, 5x5 and pooling, and not all 0"
                                .formatted(shares));
            }
            this.straight = read(settings, BRANCH_1X1);
            this.branch3 = read(settings, BRANCH_3X3);
            this.branch5 = read(settings, BRANCH_5X5);
            this.pool = read(settings, BRANCH_POOL);
            this.reduce = settings.get(REDUCE);
            this.ratio = stages.getOptional(settings, REDUCE_RATIO);
            this.reduce3 = read(settings, REDUCE_3X3);
            this.reduce5 = read(settings, REDUCE_5X5);
        }

        private Optional<ByStage<Integer>> read(Settings settings, Knob<Optional<ByStage<Integer>>> knob) {
            Optional<ByStage<Integer>> values = settings.get(knob);
            if (values.isPresent()
                    && !values.get().fits(stages.count())
                    && !values.get().fits(count)) {
                throw new IllegalArgumentException(
                        "Cannot take %s = %s: it has %d entries for %d stages of %d modules in all"
                                .formatted(
                                        knob,
                                        values.get(),
                                        values.get().values().size(),
                                        stages.count(),
                                        count));
            }
            return values;
        }

        InceptionModule at(int stage, int index) {
            int wide = channels(BRANCH_3X3, branch3, 1, stage, index);
            int widest = channels(BRANCH_5X5, branch5, 2, stage, index);
            return new InceptionModule(
                    channels(BRANCH_1X1, straight, 0, stage, index),
                    reduction(REDUCE_3X3, reduce3, wide, stage, index),
                    wide,
                    reduction(REDUCE_5X5, reduce5, widest, stage, index),
                    widest,
                    channels(BRANCH_POOL, pool, 3, stage, index));
        }

        private int value(ByStage<Integer> values, int stage, int index) {
            return values.at(values.fits(stages.count()) ? stage : index);
        }

        /** The branch's own number, or its share of the width; shares are cut from cumulative sums, so they add up. */
        private int channels(Knob<?> knob, Optional<ByStage<Integer>> given, int branch, int stage, int index) {
            if (given.isPresent()) {
                return value(given.get(), stage, index);
            }
            if (widths.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot size a branch: neither %s nor widths is given".formatted(knob));
            }
            long width = widths.get().get(stage);
            long before = 0;
            for (int i = 0; i < branch; i++) {
                before += shares.get(i);
            }
            return (int) ((before + shares.get(branch)) * width / parts - before * width / parts);
        }

        private int reduction(Knob<?> knob, Optional<ByStage<Integer>> given, int out, int stage, int index) {
            if (!reduce || out == 0) {
                return 0;
            }
            if (given.isPresent()) {
                return value(given.get(), stage, index);
            }
            if (ratio.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot size a reduction: neither %s nor reduce-ratio is given".formatted(knob));
            }
            return Rounding.nearest(out * ratio.get().at(stage));
        }
    }
}
