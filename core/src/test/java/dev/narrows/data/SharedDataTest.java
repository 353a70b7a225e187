package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Sets as others wrote them, where they are at hand. */
class SharedDataTest {
    private static final Configuration CONFIGURATION = new Configuration(false);

    private static DataSpec whole(Path folder) {
        assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
        return new DataSpec(folder.toString(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    @Test
    void cifarAsHuggingFaceWroteItIsReadWhole() {
        Dataset dataset = Datasets.open(whole(Path.of("../../shared/data/cifar10")), CONFIGURATION);
        assertThat(dataset.shape()).isEqualTo(new Shape(3, 32, 32));
        assertThat(dataset.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
        assertThat(dataset.train().size()).isEqualTo(45_000);
        assertThat(dataset.validation().size()).isEqualTo(5_000);
        assertThat(dataset.test().size()).isEqualTo(10_000);
        // The figures that the field normalises CIFAR-10 by.
        assertThat(dataset.mean().get(0)).isCloseTo(0.4914, within(0.003));
        assertThat(dataset.mean().get(2)).isCloseTo(0.4465, within(0.003));
        assertThat(dataset.deviation().get(0)).isCloseTo(0.247, within(0.003));
    }

    @Test
    void fashionMnistOfDebianIsReadWhole() {
        Dataset dataset = Datasets.open(whole(Path.of("/usr/share/datasets/fashion-mnist")), CONFIGURATION);
        assertThat(dataset.shape()).isEqualTo(new Shape(1, 28, 28));
        assertThat(dataset.train().size()).isEqualTo(54_000);
        assertThat(dataset.test().size()).isEqualTo(10_000);
        assertThat(dataset.mean().get(0)).isCloseTo(0.2860, within(0.001));
        assertThat(dataset.deviation().get(0)).isCloseTo(0.3530, within(0.001));
    }
}
