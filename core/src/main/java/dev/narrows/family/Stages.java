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
 * The stages of a network: runs of blocks of one width, of which the first block may shrink the image.
 *
 * @param widths channels that the blocks of a stage put out; empty where something else decides them
 * @param depths blocks of a stage
 * @param strides by how much the first block of a stage shrinks height and width
 */
public record Stages(List<Integer> widths, List<Integer> depths, List<Integer> strides) {
    /** Channels that the blocks of each stage put out. */
    public static final Knob<List<Integer>> WIDTHS =
            Knob.integers("widths", 1, "Channels that the blocks of each stage put out");

    /** Blocks of each stage. */
    public static final Knob<List<Integer>> DEPTHS = Knob.integers("depths", 1, "Blocks of each stage");

    /** By how much each stage shrinks height and width. */
    public static final Knob<List<Integer>> STRIDES =
            Knob.integers("strides", 1, "By how much the first block of each stage shrinks height and width");

    /** The knobs that {@link #of} reads. */
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
     * One block to be made.
     *
     * @param stage counted from 0
     * @param index of the block in the network, counted from 0
     * @param name such as {@code stage 1 block 1}
     * @param in channels that come in
     * @param out channels to put out
     * @param stride by how much height and width are to shrink
     * @param last whether it ends its stage
     */
    public record Spot(int stage, int index, String name, int in, int out, int stride, boolean last) {
        /** Whether what goes out has the shape of what comes in. */
        public boolean keepsShape() {
            return in == out && stride == 1;
        }
    }

    /** Makes one block. */
    @FunctionalInterface
    public interface BlockMaker {
        /** The block for this spot, taking {@code in} channels and giving {@code out}. */
        Layer make(Spot spot);
    }

    /** @throws IllegalArgumentException where the lists differ in length */
    public Stages {
        if (!widths.isEmpty()) {
            sameLength("widths", widths, "depths", depths);
        }
        sameLength("strides", strides, "depths", depths);
    }

    static void sameLength(String knob, List<?> list, String other, List<?> others) {
        if (list.size() != others.size()) {
            throw new IllegalArgumentException(
                    "Cannot take %s = %s: it has %d entries where %s = %s has %d, one a stage"
                            .formatted(knob, list, list.size(), other, others, others.size()));
        }
    }

    /** The stages that a choice of knobs asks for. */
    public static Stages of(Settings settings) {
        return new Stages(settings.get(WIDTHS), settings.get(DEPTHS), settings.get(STRIDES));
    }

    /** The same stages with other widths, as a width multiplier asks for. */
    public Stages scaled(UnaryOperator<Integer> width) {
        List<Integer> scaled = new ArrayList<>(widths.size());
        for (Integer each : widths) {
            scaled.add(width.apply(each));
        }
        return new Stages(scaled, depths, strides);
    }

    /** The same for a family whose blocks have no width of their own to choose. */
    public static Stages withoutWidths(Settings settings) {
        return new Stages(List.of(), settings.get(DEPTHS), settings.get(STRIDES));
    }

    /** How many stages there are. */
    public int count() {
        return depths.size();
    }

    /**
     * The values of a knob by stage.
     *
     * @throws IllegalArgumentException where there are more or fewer values than stages
     */
    public <T> ByStage<T> get(Settings settings, Knob<ByStage<T>> knob) {
        return checked(knob, settings.get(knob));
    }

    /** The same for a knob that may be left out. */
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
     * Refuses an image that is shrunk to less than one position.
     *
     * @param others by how much the stem and poolings shrink it beside the strides
     * @throws IllegalArgumentException where it is too small
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
     * Adds every block, one after another.
     *
     * @param in channels that come in
     * @return channels that the last block puts out
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

    /** The name of a block, both numbers counted from 0; kept, as a million variants ask for the same few. */
    static String name(int stage, int block) {
        return stage < NAMED && block < NAMED ? NAMES[stage][block] : spell(stage, block);
    }

    private static String spell(int stage, int block) {
        return "stage " + (stage + 1) + " block " + (block + 1);
    }
}
