package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.net.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other members of the published families follow from knobs alone; the parameter counts are their published ones. */
class SiblingsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    resnet-34            | resnet-18        | depths = [3, 4, 6, 3]                                  | \
                    21797672
                    resnet-101           | resnet-50        | depths = [3, 4, 23, 3]                                 | \
                    44549160
                    resnet-152           | resnet-50        | depths = [3, 8, 36, 3]                                 | \
                    60192808
                    wide-resnet-50-2     | resnet-50        | mid-ratio = 0.5                                        | \
                    68883240
                    wide-resnet-101-2    | resnet-50        | mid-ratio = 0.5, depths = [3, 4, 23, 3]                | \
                    126886696
                    resnext-101-32x8d    | resnext-50-32x4d | mid-ratio = 1, depths = [3, 4, 23, 3]                  | \
                    88791336
                    resnext-101-64x4d    | resnext-50-32x4d | cardinality = 64, depths = [3, 4, 23, 3]               | \
                    83455272
                    vgg-13               | vgg-16           | depths = [2, 2, 2, 2, 2]                               | \
                    133047848
                    vgg-19               | vgg-16           | depths = [2, 2, 4, 4, 4]                               | \
                    143667240
                    vgg-16 batch norm    | vgg-16           | norm = batch, bias = true                              | \
                    138365992
                    densenet-169         | densenet-121     | depths = [6, 12, 32, 32]                               | \
                    14149480
                    densenet-201         | densenet-121     | depths = [6, 12, 48, 32]                               | \
                    20013928
                    densenet-161         | densenet-121     | depths = [6, 12, 36, 24], growth = 48, stem.width = 96 | \
                    28681000
                    mobilenet-v2 0.5     | mobilenet-v2     | width-multiplier = 0.5                                 | \
                    1968680
                    mobilenet-v2 0.75    | mobilenet-v2     | width-multiplier = 0.75                                | \
                    2636424
                    mobilenet-v2 1.4     | mobilenet-v2     | width-multiplier = 1.4                                 | \
                    6108776
                    mobilenet-v1 0.25    | mobilenet-v1     | width-multiplier = 0.25                                | \
                    470072
                    mobilenet-v1 0.5     | mobilenet-v1     | width-multiplier = 0.5                                 | \
                    1331592
                    convnext-small       | convnext-tiny    | depths = [3, 3, 27, 3]                                 | \
                    50223688
                    u-net bilinear       | u-net-bn         | up = bilinear, widths = [64, 128, 256, 512, 512]       | \
                    17262977
                    """)
    void siblingsFollowFromKnobsAlone(String name, String published, String knobs, long params) {
        Networks.Network network =
                Networks.read("conf/networks/" + published + ".conf").with(knobs);
        assertThat(Cost.of(network.layer(), network.input()).params()).as(name).isEqualTo(params);
    }

    /** He et al. (2016), table 6: 0.27 M and 0.85 M parameters for 32x32 images, with shortcuts that learn nothing. */
    @ParameterizedTest
    @CsvSource({"3, 269722", "9, 853018"})
    void threeStageResidualNetworksOfSmallImages(int depth, long params) {
        String three = """
                stem { width = 16 }, widths = [16, 32, 64], strides = [1, 2, 2], shortcut = repeat
                depths = [%d, %d, %d]
                """.formatted(depth, depth, depth);
        Networks.Network network =
                Networks.defaults("residual", new Shape(3, 32, 32), 10).with(three);
        Cost cost = Cost.of(network.layer(), network.input());
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.depth()).isEqualTo(6 * depth + 2);
    }

    /** Two projections: 16·32 + 2·32 and 32·64 + 2·64 parameters more than with nothing learnt. */
    @Test
    void projectionsCostTheirOneByOneAndTheirNorm() {
        Networks.Network repeated = Networks.defaults("residual", new Shape(3, 32, 32), 10)
                .with("widths = [16, 32, 64], depths = [3, 3, 3], shortcut = repeat");
        Networks.Network projected = repeated.with("shortcut = projection");
        assertThat(Cost.of(projected.layer(), projected.input()).params()
                        - Cost.of(repeated.layer(), repeated.input()).params())
                .isEqualTo(16 * 32 + 2 * 32 + 32 * 64 + 2 * 64);
    }
}
