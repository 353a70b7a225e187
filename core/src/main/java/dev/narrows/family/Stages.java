package dev.narrows.family;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Stages of a network: runs of blocks of one width, whose first block may downsample.
 *
 * @param widths output channels of the blocks of each stage; empty if the family derives them
 * @param depths blocks in each stage
 * @param strides of the first block of each stage
 */
public record Stages(List<Integer> widths, List<Integer> depths, List<Integer> strides) {
    /** Output channels of the blocks of each stage. */
    public static final Knob<List<Integer>> WIDTHS =
            Knob.integers("widths", 1, "Channels that the blocks of each stage put out");

    /** Number of blocks in each stage. */
    public static final Knob<List<Integer>> DEPTHS = Knob.integers("depths", 1, "Blocks of each stage");

    /** Factor by which each stage reduces height and width. */
    public static final Knob<List<Integer>> STRIDES =
            Knob.integers("strides", 1, "Factor by which the first block of each stage shrinks height and width");

    /** Knobs that {@link #of} reads. */
    public static final List<Knob<?>> KNOBS = List.of(WIDTHS, DEPTHS, STRIDES);

    private static final int NAMED = 64;
    private static final String[][] NAMES = new String[NAMED][NAMED];

    static {
        for (int stage = 0; stage < NAMED; stage++) {
            for (int index = 0; index < NAMED; index++) {
                NAMES[stage][index] = spell(stage, index);
            }
        }
    }

    /**
     * A block to build.
     *
     * @param stage counted from 0
     * @param index of the block in the network, counted from 0
     * @param name such as {@code stage 1 block 1}
     * @param in input channels
     * @param out output channels
     * @param stride factor by which the block reduces height and width
     * @param last true for the last block of its stage
     */
    public record Spot(int stage, int index, String name, int in, int out, int stride, boolean last) {
        /** True if the output has the shape of the input. */
        public boolean keepsShape() {
            return in == out && stride == 1;
        }
    }

    /** Builds one block. */
    @FunctionalInterface
    public interface BlockMaker {
        /** Builds the block for this spot, from {@code in} to {@code out} channels. */
        Layer make(Spot spot);
    }

    /** @throws IllegalArgumentException if the lists differ in length */
    public Stages {
        if (!widths.isEmpty()) {
            sameLength("widths", widths, "depths", depths);
        }
        sameLength("strides", strides, "depths", depths);
    }

    static void sameLength(String knob, List<?> list, String other, List<?> others) {
        if (list.size() != others.size()) {
            throw new IllegalArgumentException(
                    "Cannot take %s = %s: it has %d entries where %s = %s has %d, one per stage"
                            .formatted(knob, list, list.size(), other, others, others.size()));
        }
    }

    /** Stages for a choice of knobs. */
    public static Stages of(Settings settings) {
        return new Stages(settings.get(WIDTHS), settings.get(DEPTHS), settings.get(STRIDES));
    }

    /** The same stages with other widths, for a width multiplier. */
    public Stages scaled(UnaryOperator<Integer> width) {
        List<Integer> scaled = new ArrayList<>(widths.size());
        for (Integer each : widths) {
            scaled.add(width.apply(each));
        }
        return new Stages(scaled, depths, strides);
    }

    /** Stages for a family whose blocks have no width knob. */
    public static Stages withoutWidths(Settings settings) {
        return new Stages(List.of(), settings.get(DEPTHS), settings.get(STRIDES));
    }

    /** Number of stages. */
    public int count() {
        return depths.size();
    }

    /**
     * The values of a knob by stage.
     *
     * @throws IllegalArgumentException if there are more or fewer values than stages
     */
    public <T> ByStage<T> get(Settings settings, Knob<ByStage<T>> knob) {
        return checked(knob, settings.get(knob));
    }

    /** The values of an optional knob by stage. */
    public <T> Optional<ByStage<T>> getOptional(Settings settings, Knob<Optional<ByStage<T>>> knob) {
        Optional<ByStage<T>> values = settings.get(knob);
        if (values.isPresent()) {
            checked(knob, values.get());
        }
        return values;
    }

    private <T> ByStage<T> checked(Knob<?> knob, ByStage<T> values) {
        if (!values.fits(count())) {
            throw new IllegalArgumentException("Cannot take %s = %s: it has %d entries for %d stages"
                    .formatted(knob, values, values.values().size(), count()));
        }
        return values;
    }

    /**
     * Refuses an image that the strides would reduce to less than one position.
     *
     * @param others further reduction by the stem and poolings, as a factor
     * @throws IllegalArgumentException if the image is too small
     */
    public void fit(Shape image, long others) {
        int side = Math.min(image.height(), image.width());
        long shrink = others;
        for (int stride : strides) {
            if (shrink > side) {
                break;
            }
            shrink *= stride;
        }
        if (shrink > side) {
            throw new IllegalArgumentException(
                    "Cannot take strides = %s for a %s image: %sthey shrink it more than %d times"
                            .formatted(
                                    strides,
                                    image,
                                    others > 1 ? "with the %d times of stem and pooling ".formatted(others) : "",
                                    side));
        }
    }

    /**
     * Adds every block in order.
     *
     * @param in input channels
     * @return output channels of the last block
     */
    public int addBlocks(Chain.Builder network, int in, BlockMaker maker) {
        int channels = in;
        int index = 0;
        for (int stage = 0; stage < count(); stage++) {
            int out = widths.get(stage);
            int depth = depths.get(stage);
            for (int block = 0; block < depth; block++) {
                String name = name(stage, block);
                Spot spot = new Spot(
                        stage, index++, name, channels, out, block == 0 ? strides.get(stage) : 1, block == depth - 1);
                network.add(new Block(name, maker.make(spot)));
                channels = out;
            }
        }
        return channels;
    }

    /** The name of a block, both numbers counted from 0. Names are cached, because a million variants share a few. */
    static String name(int stage, int block) {
        return stage < NAMED && block < NAMED ? NAMES[stage][block] : spell(stage, block);
    }

    private static String spell(int stage, int block) {
        return "stage " + (stage + 1) + " block " + (block + 1);
    }
}
