package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.net.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of the literature, stated in conf/networks, cost what their published implementations cost. */
class PublishedNetworksTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    # network,        params,    macs,         activations
                    resnet-18,        11689512,  1814073344,   2483712
                    resnet-50,        25557032,  4089184256,   11113984
                    resnext-50-32x4d, 25028904,  4230479872,   14400512
                    mobilenet-v2,     3504872,   300774272,    6678112
                    """)
    void publishedNetworksCostWhatIsPublished(String name, long params, long macs, long activations) {
        Networks.Network network = Networks.read("conf/networks/" + name + ".conf");
        Cost cost = Cost.of(network.layer(), network.input());
        assertThat(cost.params()).as("params").isEqualTo(params);
        assertThat(cost.macs()).as("macs").isEqualTo(macs);
        assertThat(cost.activations()).as("activations").isEqualTo(activations);
        assertThat(network.layer().output(network.input())).isEqualTo(new Shape(1000, 1, 1));
    }
}
