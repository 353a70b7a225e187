package dev.narrows.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialIdTest {
    private static final Optimizer SGD = new Optimizer.Sgd(0.9, true, 5e-4);
    private static final Augmentation NONE = new Augmentation(0, false);
    private static final Training TRAINING =
            new Training(3, 128, Precision.FP32, SGD, Schedule.ONE_CYCLE, 0.1, 0, 0, 0, NONE, Loss.CROSS_ENTROPY, 0);

    private static String id(Training training) {
        return TrialId.of("0123456789abcdef", training, "data", 0);
    }

    @Test
    void whateverDecidesTheResultDecidesTheId() {
        List<String> ids = new ArrayList<>(List.of(
                id(TRAINING),
                TrialId.of("0123456789abcdee", TRAINING, "data", 0),
                TrialId.of("0123456789abcdef", TRAINING, "other", 0),
                TrialId.of("0123456789abcdef", TRAINING, "data", 1)));
        List.of(
                        new Training(
                                4,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                64,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.BF16,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                new Optimizer.Sgd(0.9, false, 5e-4),
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                new Optimizer.AdamW(0.9, 0.999, 1e-8, 5e-4),
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.COSINE,
                                0.1,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.2,
                                0,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                1,
                                0,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0.1,
                                0,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                1,
                                NONE,
                                Loss.CROSS_ENTROPY,
                                0),
                        new Training(
                                3,
                                128,
                                Precision.FP32,
                                SGD,
                                Schedule.ONE_CYCLE,
                                0.1,
                                0,
                                0,
                                0,
                                new Augmentation(2, false),
                                Loss.CROSS_ENTROPY,
                                0))
                .forEach(training -> ids.add(id(training)));
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void moreTimeDoesNotTrainAgain() {
        assertThat(id(new Training(
                        3, 128, Precision.FP32, SGD, Schedule.ONE_CYCLE, 0.1, 0, 0, 0, NONE, Loss.CROSS_ENTROPY, 60)))
                .isEqualTo(id(TRAINING));
    }

    /** Results of years are found again by it; it changes with the version of the engine's semantics in a precision alone. */
    @Test
    void theIdOfATrialNeverChanges() {
        assertThat(id(TRAINING)).isEqualTo("e14b89d02aadf6dd");
        assertThat(id(new Training(
                        3, 128, Precision.BF16, SGD, Schedule.ONE_CYCLE, 0.1, 0, 0, 0, NONE, Loss.CROSS_ENTROPY, 0)))
                .isEqualTo("b100d057cc4a7f4f");
    }

    @Test
    void aPrecisionMustBeResolved() {
        assertThatThrownBy(() -> id(TRAINING.withPrecision(Precision.AUTO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot name a trial: its precision is not resolved");
    }
}
