package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.cost.LayerCost;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of every network of every family, for any choice of knobs. */
class RandomNetworksTest {
    private static final int SEEDS = 300;

    static List<String> families() {
        return RandomNetworks.families();
    }

    @Test
    void thereAreNineFamilies() {
        assertThat(families())
                .containsExactly(
                        "bottleneck",
                        "convnext",
                        "dense",
                        "depthwise-separable",
                        "inception",
                        "inverted-bottleneck",
                        "plain",
                        "residual",
                        "u-net");
    }

    @ParameterizedTest
    @MethodSource("families")
    void oneScoreAClassComesOut(String family) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Networks.Network network = RandomNetworks.of(family, seed);
            Shape expected = family.equals("u-net")
                    ? network.input().withChannels(network.classes())
                    : new Shape(network.classes(), 1, 1);
            assertThat(network.layer().output(network.input()))
                    .as("%s %s", seed, network)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void rowsAddUpToTheTotals(String family) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Networks.Network network = RandomNetworks.of(family, seed);
            Layer layer = network.layer();
            Cost cost = Cost.of(layer, network.input());
            List<LayerCost> rows = LayerCost.of(layer, network.input());
            assertThat(rows.stream().mapToLong(LayerCost::params).sum()).isEqualTo(cost.params());
            assertThat(rows.stream().mapToLong(LayerCost::macs).sum()).isEqualTo(cost.macs());
            assertThat(rows.stream().mapToLong(LayerCost::activations).sum()).isEqualTo(cost.activations());
            assertThat(rows).noneMatch(row -> row.block().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyKnobThatVariesMattersToTheNetwork(String family) {
        Set<Layer> distinct = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            distinct.add(RandomNetworks.of(family, seed).layer());
        }
        assertThat(distinct).hasSizeGreaterThan(SEEDS / 2);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theSameChoiceIsTheSameNetwork(String family) {
        assertThat(RandomNetworks.of(family, 7).layer())
                .isEqualTo(RandomNetworks.of(family, 7).layer());
    }

    /** The rule that lets a user see which block a number comes from. */
    @ParameterizedTest
    @MethodSource("families")
    void networksOfDefaultsNameTheirParts(String family) {
        Networks.Network network = Networks.defaults(family, new Shape(1, 28, 28), 10);
        List<String> blocks = LayerCost.of(network.layer(), network.input()).stream()
                .map(LayerCost::block)
                .distinct()
                .toList();
        assertThat(blocks).contains("head").hasSizeGreaterThan(3);
        assertThat(Cost.of(network.layer(), network.input()).params()).isBetween(10_000L, 400_000L);
    }
}
