package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingAxesTest {
    @TempDir
    Path folder;

    private List<Training> training(String text) {
        return StudyFiles.read(folder, StudyFiles.LEAST + "training {\n" + text + "\n}")
                .training();
    }

    @Test
    void listsMakeACrossProductWhoseLastVariesFastest() {
        List<Training> training =
                training("epochs = [1, 2]\nlearning-rate = [0.1, 0.2]\naugment { flip = [true, false] }");
        assertThat(training).hasSize(8);
        assertThat(training)
                .extracting(
                        Training::epochs,
                        Training::learningRate,
                        one -> one.augmentation().flip())
                .startsWith(
                        org.assertj.core.groups.Tuple.tuple(1, 0.1, true),
                        org.assertj.core.groups.Tuple.tuple(1, 0.1, false),
                        org.assertj.core.groups.Tuple.tuple(1, 0.2, true));
    }

    @Test
    void optimizersStandSideBySideWithSettingsOfTheirOwn() {
        assertThat(training("optimizer = [ { name = sgd, learning-rate = [0.1, 0.2] }, { name = adamw,"
                        + " weight-decay = 0.1 } ]"))
                .extracting(Training::optimizer, Training::learningRate)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new Optimizer.Sgd(0.9, true, 5e-4), 0.1),
                        org.assertj.core.groups.Tuple.tuple(new Optimizer.Sgd(0.9, true, 5e-4), 0.2),
                        org.assertj.core.groups.Tuple.tuple(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.1), 0.002));
    }

    @Test
    void theDefaultRateIsTheOptimizersOwn() {
        assertThat(training("optimizer { name = [sgd, adamw] }"))
                .extracting(Training::learningRate)
                .containsExactly(0.1, 0.002);
        assertThat(training("optimizer { name = [sgd, adamw] }, learning-rate = 0.01"))
                .extracting(Training::learningRate)
                .containsExactly(0.01, 0.01);
    }

    @Test
    void everySettingIsRead() {
        assertThat(training("""
                        epochs = 10, batch-size = 32, precision = bf16
                        optimizer { name = adamw, beta1 = 0.8, beta2 = 0.99, epsilon = 1e-6, weight-decay = 0 }
                        schedule = cosine, learning-rate = 3e-4, warmup-epochs = 1.5, label-smoothing = 0.1, clip-norm \
                        = 1
                        augment { crop = 2, flip = true }
                        time-limit = 10 minutes
                        """))
                .containsExactly(new Training(
                        10,
                        32,
                        Precision.BF16,
                        new Optimizer.AdamW(0.8, 0.99, 1e-6, 0),
                        Schedule.COSINE,
                        3e-4,
                        1.5,
                        0.1,
                        1,
                        new Augmentation(2, true),
                        Loss.CROSS_ENTROPY,
                        600));
    }
}
