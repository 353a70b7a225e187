package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The places that are measured after training are the narrow ends of the blocks. */
class TapsTest {
    private static Map<String, Shape> taps(String family, String knobs) {
        Networks.Network network =
                Networks.defaults(family, new Shape(1, 28, 28), 10).with(knobs);
        Map<String, Shape> taps = new LinkedHashMap<>();
        collect(network.layer(), network.input(), taps);
        return taps;
    }

    private static void collect(Layer layer, Shape input, Map<String, Shape> taps) {
        if (layer instanceof Tap tap) {
            assertThat(taps.put(tap.name(), input)).as(tap.name()).isNull();
        } else if (layer instanceof Block block) {
            collect(block.body(), input, taps);
        } else if (layer instanceof Fork fork) {
            fork.branches().forEach(branch -> collect(branch, input, taps));
        } else if (layer instanceof Chain chain) {
            Shape shape = input;
            for (Layer step : chain.steps()) {
                collect(step, shape, taps);
                shape = step.output(shape);
            }
        }
    }

    @Test
    void aBottleneckIsTappedInItsMiddle() {
        assertThat(taps("bottleneck", "widths = [32, 64], depths = [1, 2], strides = [1, 2], mid-ratio = 0.25"))
                .containsExactly(
                        Map.entry("stage 1 block 1", new Shape(8, 28, 28)),
                        Map.entry("stage 2 block 1", new Shape(16, 14, 14)),
                        Map.entry("stage 2 block 2", new Shape(16, 14, 14)));
    }

    @Test
    void anInvertedBottleneckIsTappedAtItsEnd() {
        assertThat(taps("inverted-bottleneck", "widths = [16, 24], depths = [1, 1], strides = [1, 2]"))
                .containsExactly(
                        Map.entry("stage 1 block 1", new Shape(16, 28, 28)),
                        Map.entry("stage 2 block 1", new Shape(24, 14, 14)));
    }

    @Test
    void anInceptionModuleIsTappedBehindEachReduction() {
        assertThat(taps("inception", "widths = [32], depths = [1], strides = [1], reduce-3x3 = 6, reduce-5x5 = 0"))
                .containsExactly(Map.entry("stage 1 block 1 3x3", new Shape(6, 28, 28)));
    }

    @Test
    void aDenseLayerIsTappedAtItsGrowth() {
        assertThat(taps("dense", "depths = [2], strides = [1], growth = 5"))
                .containsExactly(
                        Map.entry("stage 1 block 1", new Shape(5, 28, 28)),
                        Map.entry("stage 1 block 2", new Shape(5, 28, 28)));
    }

    @Test
    void aUNetIsTappedAtItsBottom() {
        assertThat(taps("u-net", "base-width = 8, depth = 2"))
                .containsExactly(Map.entry("bottom", new Shape(32, 7, 7)));
    }
}
