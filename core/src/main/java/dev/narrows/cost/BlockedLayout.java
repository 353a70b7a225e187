package dev.narrows.cost;

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
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import dev.narrows.net.Visitor;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which networks train in bf16 with their images in the layout of oneDNN, libtorch's library for processors: sixteen
 * channels of a position beside one another, then the next position (nChw16c). It costs memory, too: channels are filled
 * up with zeros.
 *
 * <p>In that layout the library's own batch norm runs, which takes 0.4 of the time of libtorch's in bf16; but a network
 * must stay in it from its first convolution to its last pooling, since every step out of it and back costs more than a
 * norm wins. The library has no concatenation, ReLU6 or layer norm for it, nor biases in bf16.
 */
public final class BlockedLayout {
    /** Channels that lie beside one another. */
    static final int BLOCK = 16;

    /** Up to how many channels a convolution in odd groups is computed as one without groups: arithmetic grows by them. */
    private static final int FEW_CHANNELS = 4 * BLOCK;

    /** Up to this side the library's depthwise convolution without a stride is faster than one of sixteen-channel groups. */
    private static final int DEPTHWISE_KERNEL = 3;

    private BlockedLayout() {}

    /** Whether every layer from the first convolution, which must come first, to the last pooling can work in it. */
    public static boolean suits(Layer network) {
        return network.accept(new Reading(), Place.IMAGE) == Place.SCORES;
    }

    /** How many channels of zeros lie behind so many: 0 to 15. */
    public static int spare(int channels) {
        return Math.floorMod(-channels, BLOCK);
    }

    /**
     * How many neighbouring groups of a convolution are computed as one, by a weight that is zero between them. The
     * library is fast from sixteen channels a group, and only where they are a multiple of sixteen.
     *
     * @return 1 where groups stay as they are; of a depthwise convolution, spare channels are groups too; empty where it
     *     would be slow either way
     */
    public static OptionalInt together(Conv conv) {
        int groups = conv.groups();
        if (groups == 1) {
            return OptionalInt.of(1);
        }
        if (conv.depthwise()) {
            return OptionalInt.of(conv.kernel() <= DEPTHWISE_KERNEL && conv.stride() == 1 ? 1 : BLOCK);
        }
        OptionalInt whole = IntStream.rangeClosed(1, groups)
                .filter(count -> groups % count == 0)
                .filter(count -> conv.in() / groups * count % BLOCK == 0 && conv.out() / groups * count % BLOCK == 0)
                .findFirst();
        return whole.isEmpty() && Math.max(conv.in(), conv.out()) <= FEW_CHANNELS ? OptionalInt.of(groups) : whole;
    }

    /** Where in a network its data are. */
    private enum Place {
        /** Before the first convolution. */
        IMAGE,
        /** In the layout. */
        BLOCKS,
        /** Behind the last pooling. */
        FEATURES,
        /** Behind a linear layer. */
        SCORES,
        /** Where a layer cannot work in the layout. */
        UNSUITED;

        private boolean isBehindImages() {
            return this == FEATURES || this == SCORES;
        }
    }

    private static final class Reading implements Visitor<Place, Place> {
        /** Of a layer that works in the layout if that holds, and behind it anyway. */
        private static Place within(Place place, boolean suited) {
            return place.isBehindImages() || (place == Place.BLOCKS && suited) ? place : Place.UNSUITED;
        }

        private static Place leaving(Place place) {
            return place == Place.BLOCKS ? Place.FEATURES : within(place, false);
        }

        @Override
        public Place conv(Conv conv, Place place) {
            boolean suited = !conv.bias() && together(conv).isPresent();
            return place == Place.IMAGE && suited ? Place.BLOCKS : within(place, suited);
        }

        @Override
        public Place transposedConv(TransposedConv conv, Place place) {
            return within(place, false);
        }

        @Override
        public Place norm(Norm norm, Place place) {
            return within(place, norm.kind() == Norm.Kind.BATCH);
        }

        @Override
        public Place activation(Activation activation, Place place) {
            return within(place, activation.kind() != Activation.Kind.RELU6);
        }

        @Override
        public Place pool(Pool pool, Place place) {
            return within(place, true);
        }

        @Override
        public Place adaptivePool(AdaptivePool pool, Place place) {
            return leaving(place);
        }

        @Override
        public Place linear(Linear linear, Place place) {
            return leaving(place) == Place.UNSUITED ? Place.UNSUITED : Place.SCORES;
        }

        @Override
        public Place flatten(Flatten flatten, Place place) {
            return leaving(place);
        }

        @Override
        public Place upsample(Upsample upsample, Place place) {
            return within(place, false);
        }

        @Override
        public Place scale(Scale scale, Place place) {
            return within(place, false);
        }

        @Override
        public Place crop(Crop crop, Place place) {
            return within(place, false);
        }

        @Override
        public Place tap(Tap tap, Place place) {
            return place;
        }

        @Override
        public Place block(Block block, Place place) {
            return block.body().accept(this, place);
        }

        @Override
        public Place chain(Chain chain, Place place) {
            Place now = place;
            for (Layer step : chain.steps()) {
                now = step.accept(this, now);
            }
            return now;
        }

        @Override
        public Place fork(Fork fork, Place place) {
            boolean suited = fork.merge() == Fork.Merge.ADD
                    && fork.branches().stream().allMatch(branch -> branch.accept(this, place) == place);
            return within(place, suited);
        }
    }
}
