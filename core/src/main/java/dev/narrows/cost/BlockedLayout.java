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
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which networks train in bf16 with their images in the layout of oneDNN, libtorch's library for processors: sixteen
 * channels of a position beside one another, then the next position (nChw16c). It costs memory, too: channels are filled
 * up with zeros.
 *
 * <p>In that layout the library's own batch norm runs, which takes 0.4 of the time of libtorch's in bf16; but a network
 * must stay in it from its first convolution to its last pooling, since every step out of it and back costs more than a
 * norm wins. The library has no ReLU6 or layer norm for it, nor biases in bf16, nor a concatenation: that stays in parts,
 * each filled up by itself.
 */
public final class BlockedLayout {
    /** Channels that lie beside one another. */
    private static final int BLOCK = 16;

    /** Up to how many channels a convolution in odd groups is computed as one without groups: arithmetic grows by them. */
    private static final int FEW_CHANNELS = 4 * BLOCK;

    /** Up to this side the library's depthwise convolution without a stride is faster than one of sixteen-channel groups. */
    private static final int DEPTHWISE_KERNEL = 3;

    /** Up to so many channels a larger window than this costs more than norms win: they are sixteen to the library. */
    private static final int HALF_BLOCK = BLOCK / 2;

    private static final int SMALL_KERNEL = 3;

    private BlockedLayout() {}

    /** Whether every layer from the first convolution, which must come first, to the last pooling can work in it. */
    public static boolean suits(Layer network) {
        return network.accept(new Reading(), new State(Place.IMAGE, List.of())).place() == Place.SCORES;
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

    /** Whether a convolution reads single positions, a stride apart: a pooling picks them first, and costs memory. */
    public static boolean picksPositions(Conv conv) {
        return conv.kernel() == 1 && conv.padding() == 0 && conv.stride() > 1;
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
        UNSUITED
    }

    /**
     * What a layer gets.
     *
     * @param parts the channels of each tensor that a value in the layout is made of
     */
    private record State(Place place, List<Integer> parts) {
        private static final State UNSUITED = new State(Place.UNSUITED, List.of());

        private boolean isBehindImages() {
            return place == Place.FEATURES || place == Place.SCORES;
        }

        /** Behind a layer that works in the layout if that holds, and behind the images anyway. */
        private State within(boolean suited) {
            return isBehindImages() || (place == Place.BLOCKS && suited) ? this : UNSUITED;
        }

        private State asFeatures() {
            return place == Place.BLOCKS ? new State(Place.FEATURES, List.of()) : within(false);
        }

        /** Whether zeros are at most a quarter of what lies in memory. */
        private boolean isDense() {
            int channels = parts.stream().mapToInt(Integer::intValue).sum();
            int spare = parts.stream().mapToInt(BlockedLayout::spare).sum();
            return spare * 3 <= channels;
        }
    }

    private static final class Reading implements Visitor<State, State> {
        @Override
        public State conv(Conv conv, State state) {
            if (state.isBehindImages()) {
                return state;
            }
            boolean first = state.place() == Place.IMAGE;
            boolean narrow = Math.min(first ? conv.out() : conv.in(), conv.out()) <= HALF_BLOCK;
            boolean suited = !conv.bias()
                    && together(conv).isPresent()
                    && (first || state.parts().size() == 1 || conv.groups() == 1)
                    && (conv.kernel() <= SMALL_KERNEL || !narrow || conv.groups() > 1);
            return suited && (first || state.place() == Place.BLOCKS)
                    ? new State(Place.BLOCKS, List.of(conv.out()))
                    : State.UNSUITED;
        }

        @Override
        public State transposedConv(TransposedConv conv, State state) {
            return state.within(false);
        }

        @Override
        public State norm(Norm norm, State state) {
            return state.within(norm.kind() == Norm.Kind.BATCH);
        }

        @Override
        public State activation(Activation activation, State state) {
            return state.within(activation.kind() != Activation.Kind.RELU6);
        }

        @Override
        public State pool(Pool pool, State state) {
            return state.within(true);
        }

        @Override
        public State adaptivePool(AdaptivePool pool, State state) {
            return state.asFeatures();
        }

        @Override
        public State linear(Linear linear, State state) {
            return state.asFeatures().isBehindImages() ? new State(Place.SCORES, List.of()) : State.UNSUITED;
        }

        @Override
        public State flatten(Flatten flatten, State state) {
            return state.asFeatures();
        }

        @Override
        public State upsample(Upsample upsample, State state) {
            return state.within(false);
        }

        @Override
        public State scale(Scale scale, State state) {
            return state.within(false);
        }

        @Override
        public State crop(Crop crop, State state) {
            return state.within(false);
        }

        @Override
        public State tap(Tap tap, State state) {
            return state;
        }

        @Override
        public State block(Block block, State state) {
            return block.body().accept(this, state);
        }

        @Override
        public State chain(Chain chain, State state) {
            State now = state;
            for (Layer step : chain.steps()) {
                now = step.accept(this, now);
            }
            return now;
        }

        @Override
        public State fork(Fork fork, State state) {
            if (state.place() != Place.BLOCKS) {
                return state.within(false);
            }
            List<State> branches = fork.branches().stream()
                    .map(branch -> branch.accept(this, state))
                    .toList();
            List<Integer> parts =
                    branches.stream().flatMap(branch -> branch.parts().stream()).toList();
            if (branches.stream().anyMatch(branch -> branch.place() != Place.BLOCKS)) {
                return State.UNSUITED;
            }
            return switch (fork.merge()) {
                case ADD -> branches.get(0).within(parts.size() == branches.size());
                case CONCAT -> {
                    State joined = new State(Place.BLOCKS, parts);
                    yield joined.within(joined.isDense());
                }
            };
        }
    }
}
