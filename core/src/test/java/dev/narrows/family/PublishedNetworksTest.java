package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narrows.cost.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of the literature, stated in conf/networks, cost what their published implementations cost. */
class PublishedNetworksTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    # network, params, macs, activations
                    alexnet, 61100840, 714188480, 484992
                    vgg-11, 132863336, 7609090048, 7426048
                    vgg-16, 138357544, 15470264320, 13547520
                    googlenet, 6624904, 1498376192, 3226160
                    resnet-18, 11689512, 1814073344, 2483712
                    resnet-50, 25557032, 4089184256, 11113984
                    resnext-50-32x4d, 25028904, 4230479872, 14400512
                    mobilenet-v1, 4231976, 568740352, 5042688
                    mobilenet-v2, 3504872, 300774272, 6678112
                    densenet-121, 7978856, 2834161664, 6899200
                    convnext-tiny, 28589128, 4455531264, 13434624
                    u-net, 31030658, 150428424448, 134353440
                    u-net-bn, 31037633, 36878155776, 30557184
                    """)
    void publishedNetworksCostWhatIsPublished(String name, long params, long macs, long activations) {
        Networks.Network network = Networks.read("conf/networks/" + name + ".conf");
        Cost cost = Cost.of(network.layer(), network.input());
        assertThat(cost.params()).as("params").isEqualTo(params);
        assertThat(cost.macs()).as("macs").isEqualTo(macs);
        assertThat(cost.activations()).as("activations").isEqualTo(activations);
    }

    /** The rows above are copied; where the reference itself is at hand, they are held to it. */
    @Test
    void theRowsAboveAreThoseOfTheReference() throws IOException {
        Path reference = Networks.path("../shared/reference/networks.csv");
        assumeTrue(Files.exists(reference), "no reference at " + reference);
        List<String> rows = Files.readAllLines(reference);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", 7);
            publishedNetworksCostWhatIsPublished(
                    cells[0], Long.parseLong(cells[3]), Long.parseLong(cells[4]), Long.parseLong(cells[5]));
        }
    }
}
