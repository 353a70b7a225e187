package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.net.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single blocks, stated in conf/blocks, cost what arithmetic says. */
class BlockArithmeticTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
                    # file,             entry, params, macs
                    pair-or-bottleneck, 0,     184320, 18874368000
                    pair-or-bottleneck, 1,     69632,  7130316800
                    five-by-five,       0,     153600, 120422400
                    five-by-five,       1,     15872,  12443648
                    three-channels,     0,     81,     729
                    three-channels,     1,     36,     324
                    three-channels,     2,     375,    3375
                    """)
    void blocksCostWhatArithmeticSays(String file, int entry, long params, long macs) {
        Networks.Network block = Networks.read("conf/blocks/" + file + ".conf", entry);
        Cost cost = Cost.of(block.layer(), block.input());
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.macs()).isEqualTo(macs);
    }

    /** t·IC·(2·IC + K²) parameters and H·W times as many multiply-accumulates (Sandler et al., 2018). */
    @ParameterizedTest
    @CsvSource({"24, 6, 3", "24, 2, 5", "16, 4, 7", "3, 6, 3"})
    void invertedBottlenecksFollowTheirFormula(int channels, int expansion, int kernel) {
        Networks.Network block = Networks.read("conf/blocks/inverted.conf")
                .with("widths = [%d], expansion = %d, kernel = %d".formatted(channels, expansion, kernel))
                .of(new Shape(channels, 20, 30), 1);
        Cost cost = Cost.of(block.layer(), block.input());
        long params = (long) expansion * channels * (2L * channels + (long) kernel * kernel);
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.macs()).isEqualTo(params * 20 * 30);
    }

    /** A dense k×k in the middle costs (t·IC)²·K² instead of t·IC·K². */
    @Test
    void aDenseMiddleCostsAsManyTimesMoreAsItHasChannels() {
        Networks.Network dense = Networks.read("conf/blocks/inverted.conf", 1).with("expansion = 6, kernel = 3");
        long wide = 6 * 24;
        assertThat(Cost.of(dense.layer(), dense.input()).params()).isEqualTo(2 * 24 * wide + wide * wide * 9);
    }

    /** 9·C²/g parameters (Xie et al., 2017). */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "32, 32", "depthwise, 128"})
    void groupsDivideTheCostOfAConvolution(String groups, int divisor) {
        Networks.Network block = Networks.read("conf/blocks/groups.conf").with("groups = " + groups);
        Cost cost = Cost.of(block.layer(), block.input());
        assertThat(cost.params()).isEqualTo(9L * 128 * 128 / divisor);
        assertThat(cost.macs()).isEqualTo(9L * 128 * 128 * 28 * 28 / divisor);
    }
}
