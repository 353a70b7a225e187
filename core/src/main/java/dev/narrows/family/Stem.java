package dev.narrows.family;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Pool;
import java.util.List;
import java.util.Optional;

/**
 * The stem before the first block: one convolution with its norm and activation, and a pooling; or nothing at all.
 *
 * @param width output channels; empty for no stem
 * @param kernel side of its window
 * @param stride of the convolution
 * @param padding rows of zeros around the image
 * @param pool kind of the pooling after it; empty for none
 */
public record Stem(
        Optional<Integer> width,
        int kernel,
        int stride,
        int padding,
        Optional<Pool.Kind> pool,
        int poolKernel,
        int poolStride) {
    private static final Knob<Optional<Integer>> WIDTH = Knob.integer(
                    "stem.width", 1, "Channels of the first convolution; null: no stem")
            .orNone();
    private static final Knob<Integer> KERNEL =
            Knob.integer("stem.kernel", 1, "Side of the first convolution's window, in pixels");
    private static final Knob<Integer> STRIDE =
            Knob.integer("stem.stride", 1, "Factor by which the first convolution shrinks height and width");
    private static final Knob<Optional<Integer>> PADDING = Knob.integer(
                    "stem.padding", 0, "Rows of zeros around the image; null: (kernel - 1) / 2")
            .orNone();
    private static final Knob<PoolChoice> POOL =
            Knob.choice("stem.pool", PoolChoice.class, "Pooling behind the first convolution");
    private static final Knob<Integer> POOL_KERNEL =
            Knob.integer("stem.pool-kernel", 1, "Side of that pooling's window, in pixels");
    private static final Knob<Integer> POOL_STRIDE =
            Knob.integer("stem.pool-stride", 1, "Factor by which that pooling shrinks height and width");

    /** Knobs that {@link #of} reads. */
    public static final List<Knob<?>> KNOBS = List.of(WIDTH, KERNEL, STRIDE, PADDING, POOL, POOL_KERNEL, POOL_STRIDE);

    /** Stem for a choice of knobs. */
    public static Stem of(Settings settings) {
        int kernel = settings.get(KERNEL);
        return new Stem(
                settings.get(WIDTH),
                kernel,
                settings.get(STRIDE),
                settings.get(PADDING).orElse((kernel - 1) / 2),
                settings.get(POOL).kind(),
                settings.get(POOL_KERNEL),
                settings.get(POOL_STRIDE));
    }

    /** The same stem with other channels, for a width multiplier. */
    public Stem withWidth(Optional<Integer> other) {
        return new Stem(other, kernel, stride, padding, pool, poolKernel, poolStride);
    }

    /** Factor by which the stem reduces height and width. */
    public long shrink() {
        return width.isEmpty() ? 1 : (long) stride * (pool.isPresent() ? poolStride : 1);
    }

    /**
     * Adds the stem, if there is one.
     *
     * @param in channels of the image
     * @return output channels
     */
    public int add(Chain.Builder network, Style style, int in) {
        return add(network, style, in, true);
    }

    /** Adds the stem, with an activation after the norm if {@code activated}. */
    int add(Chain.Builder network, Style style, int in, boolean activated) {
        if (width.isEmpty()) {
            return in;
        }
        Chain.Builder stem = Chain.builder();
        addTo(stem, style, in, activated);
        network.add(new Block("stem", stem.build()));
        return width.get();
    }

    /** Adds the layers of an existing stem, without a name. */
    void addTo(Chain.Builder stem, Style style, int in, boolean activated) {
        style.addNormed(stem, new Conv(in, width.orElseThrow(), kernel, stride, padding, 1, style.bias()));
        if (activated) {
            style.addActivation(stem);
        }
        if (pool.isPresent()) {
            stem.add(new Pool(pool.get(), poolKernel, poolStride, (poolKernel - 1) / 2));
        }
    }
}
