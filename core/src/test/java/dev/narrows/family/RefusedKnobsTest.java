package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.cost.Cost;
import dev.narrows.net.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A choice that cannot be built is refused with one line that names the knob and its values. */
class RefusedKnobsTest {
    private static final Shape SMALL = new Shape(1, 28, 28);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    bottleneck | widths = [32, 64] | Cannot take widths = [32, 64]: it has 2 entries where depths = \
                    [1, 1, 1] has 3, one per stage
                    residual | strides = [1, 2] | Cannot take strides = [1, 2]: it has 2 entries where depths = [1, 1, \
                    1] has 3, one per stage
                    bottleneck | cardinality = [[1, 2]] | Cannot take cardinality = [1, 2]: it has 2 entries for 3 \
                    stages
                    bottleneck | widths = [400, 400, 400], mid-ratio = 0.25, cardinality = 32 | Cannot split 100 \
                    channels into 32 groups: 100 is not a multiple of 32
                    bottleneck | kernel = 4 | Cannot take kernel = 4: only an odd kernel keeps height and width
                    bottleneck | depths = [1, 0, 1] | Cannot take depths = [1, 0, 1]: it must be a whole number of at \
                    least 1
                    bottleneck | widths = [] | Cannot take widths = []: it must have an entry
                    bottleneck | strides = [2, 4, 4] | Cannot take strides = [2, 4, 4] for a 1x28x28 image: they \
                    shrink it more than 28 times
                    residual | stem.stride = 4, strides = [2, 2, 2] | Cannot take strides = [2, 2, 2] for a 1x28x28 \
                    image: with the 4 times of stem and pooling they shrink it more than 28 times
                    plain | widths = [8, 8, 8, 8, 8], depths = [1, 1, 1, 1, 1], strides = [1, 1, 1, 1, 1], pool = max \
                    | Cannot take strides = [1, 1, 1, 1, 1] for a 1x28x28 image: with the 32 times of stem and pooling \
                    they shrink it more than 28 times
                    bottleneck | mid = 8, mid-ratio = 0.5 | Cannot size the middle of a block: one of mid, mid-ratio \
                    and width-per-group is needed, given are mid = 8, mid-ratio = 0.5
                    residual | mid-ratio = null | Cannot size the middle of a block: one of mid and mid-ratio is \
                    needed, given are none
                    bottleneck | mid-ratio = null | Cannot size the middle of a block: one of mid, mid-ratio and \
                    width-per-group is needed, given are none
                    bottleneck | cardinality = 65536, width-per-group = 65536 | Cannot have 4294967296 channels: at \
                    most 2147483647
                    residual | shortcut = repeat, widths = [20, 40, 80] | Cannot repeat 16 channels to 20 with \
                    shortcut = repeat: 20 is not a multiple of 16
                    dense | compression = 1.5 | Cannot take compression = 1.5: a transition leaves at most all \
                    channels, 1
                    dense | pool = none | Cannot take pool = none with a stride of 2: a transition shrinks by pooling
                    inception | pool = none | Cannot take pool = none with a stride of 2: inception shrinks by pooling
                    inception | shares = [1, 2, 3] | Cannot take shares = [1, 2, 3]: it needs four entries, for 1x1, \
                    3x3, 5x5 and pooling, and not all 0
                    inception | branch-3x3 = 8 | Cannot size a branch: neither branch-5x5 nor widths is given
                    inception | branch-3x3 = [[1, 2]] | Cannot take branch-3x3 = [1, 2]: it has 2 entries for 3 stages \
                    of 3 modules in all
                    inception | reduce-3x3 = 8 | Cannot size a reduction: neither reduce-5x5 nor reduce-ratio is given
                    u-net | depth = 3 | Cannot halve a 1x28x28 image with depth = 3: height and width must be \
                    multiples of 8
                    u-net | padded = false, convolutions = 1, depth = 2 | Cannot halve 32x11x11 at level 2 of u-net \
                    with padded = false: height and width must be even
                    u-net | widths = [8, 16] | Cannot take widths = [8, 16]: it has 2 entries where depth = 2 asks for 3
                    u-net | base-width = 8, widths = [8, 16, 32] | Cannot size the levels: one of base-width and \
                    widths is needed, given are base-width = 8, widths = [8, 16, 32]
                    u-net | pool = none | Cannot take pool = none: u-net halves by pooling, max or average
                    inverted-bottleneck | groups = many | Cannot take groups = many: it must be a whole number of at \
                    least 1, or depthwise
                    inverted-bottleneck | groups = 7 | Cannot split 96 channels into 7 groups: 96 is not a multiple of 7
                    """)
    void aChoiceThatCannotBeBuiltSaysWhy(String family, String knobs, String message) {
        assertThatThrownBy(
                        () -> Networks.defaults(family, SMALL, 10).with(knobs).layer())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    plain | widths = [2000000000, 2000000000, 2000000000] | Cannot count 3x3 conv \
                    2000000000→2000000000 /2: more than 64 bits hold
                    u-net | base-width = 2000000000 | Cannot have 4000000000 channels: at most 2147483647
                    dense | growth = 2000000000 | Cannot have 8000000000 channels: at most 2147483647
                    inverted-bottleneck | expansion = 1e9 | Cannot have 16000000000 channels: at most 2147483647
                    """)
    void whatNoCountHoldsIsRefused(String family, String knobs, String message) {
        Networks.Network network = Networks.defaults(family, SMALL, 10).with(knobs);
        assertThatThrownBy(() -> Cost.of(network.layer(), SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
