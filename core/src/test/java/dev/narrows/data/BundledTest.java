package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.data.source.BadData;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class BundledTest {
    private static final Configuration CONFIGURATION = new Configuration(false);

    private static DataSpec spec(Integer train, Integer validation, Integer test, long seed) {
        return new DataSpec(
                "bundled:fashion-mnist",
                Optional.ofNullable(train),
                Optional.ofNullable(validation),
                Optional.ofNullable(test),
                seed);
    }

    private static Map<Integer, Integer> perClass(Samples samples) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < samples.size(); i++) {
            counts.merge(samples.label(i), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void theWholeSetIsSplitInEqualSharesOfEachClass() {
        Dataset dataset = Datasets.open(spec(null, null, null, 0), CONFIGURATION);
        assertThat(dataset.shape()).isEqualTo(new Shape(1, 28, 28));
        assertThat(dataset.classNames()).hasSize(10).startsWith("T-shirt/top", "Trouser");
        assertThat(perClass(dataset.train()))
                .hasSize(10)
                .allSatisfy((label, count) -> assertThat(count).isEqualTo(1080));
        assertThat(perClass(dataset.validation()))
                .hasSize(10)
                .allSatisfy((label, count) -> assertThat(count).isEqualTo(120));
        assertThat(perClass(dataset.test()))
                .hasSize(10)
                .allSatisfy((label, count) -> assertThat(count).isEqualTo(200));
        // The whole of Fashion-MNIST has 0.2860 and 0.3530.
        assertThat(dataset.mean().get(0)).isEqualTo(0.286, within(0.003));
        assertThat(dataset.deviation().get(0)).isEqualTo(0.353, within(0.003));
    }

    @Test
    void oneSpecIsOpenedOnce() {
        assertThat(Datasets.open(spec(100, 100, 100, 0), CONFIGURATION))
                .isSameAs(Datasets.open(spec(100, 100, 100, 0), CONFIGURATION));
    }

    @Test
    void theDescriptionTellsWhatIsOpened() {
        DataSpec spec = spec(400, 50, 30, 3);
        Description description = Datasets.describe(spec, CONFIGURATION);
        Dataset dataset = Datasets.open(spec, CONFIGURATION);
        assertThat(description)
                .isEqualTo(new Description(
                        dataset.shape(),
                        Task.CLASSIFICATION,
                        dataset.classNames(),
                        400,
                        50,
                        30,
                        0,
                        dataset.fingerprint()));
        assertThat(List.of(
                        dataset.train().size(),
                        dataset.validation().size(),
                        dataset.test().size()))
                .containsExactly(400, 50, 30);
        assertThat(description.fingerprint()).matches("[0-9a-f]{32}");
    }

    @Test
    void theFingerprintTellsSplitsApart() {
        assertThat(List.of(
                        spec(100, 100, 100, 0), spec(101, 100, 100, 0), spec(100, 100, 100, 1), spec(100, 100, 99, 0)))
                .extracting(spec -> Datasets.describe(spec, CONFIGURATION).fingerprint())
                .doesNotHaveDuplicates();
    }

    @Test
    void anUnknownNameIsToldTheNearest() {
        DataSpec spec = new DataSpec("bundled:fashon-mnist", Optional.empty(), Optional.empty(), Optional.empty(), 0);
        assertThatThrownBy(() -> Datasets.open(spec, CONFIGURATION))
                .isInstanceOf(BadData.class)
                .hasMessage("Cannot open bundled:fashon-mnist: no dataset of that name is bundled; the nearest"
                        + " is bundled:fashion-mnist");
    }

    @Test
    void noMoreImagesAreGivenThanThereAre() {
        assertThatThrownBy(() -> Datasets.describe(spec(null, null, 2001, 0), CONFIGURATION))
                .isInstanceOf(BadData.class)
                .hasMessage("Cannot take 2,001 images as data.test from bundled:fashion-mnist: there are 2,000"
                        + " in its test part");
        assertThatThrownBy(() -> Datasets.describe(spec(11_500, 1000, null, 0), CONFIGURATION))
                .isInstanceOf(BadData.class)
                .hasMessage("Cannot take 11,500 images as data.train from bundled:fashion-mnist: there are"
                        + " 11,000 in its train part beside those for validation");
    }

    @Test
    void itsLicenceLiesBesideIt() throws IOException {
        try (InputStream licence =
                BundledTest.class.getClassLoader().getResourceAsStream("data/fashion-mnist/LICENSE")) {
            assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("The MIT License (MIT) Copyright © 2017 Zalando SE");
        }
    }
}
