package dev.narrows.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialIdTest {
    private static final Optimizer SGD = new Optimizer.Sgd(0.9, true, 5e-4);
    private static final Augmentation NONE = new Augmentation(0, false);
    private static final Training TRAINING =
            new Training(3, 128, Precision.FP32, SGD, Schedule.ONE_CYCLE, 0.1, 0, 0, 0, NONE, Loss.CROSS_ENTROPY, 0);

    /** Another value of each part. */
    private static final Map<String, Object> OTHERS = Map.ofEntries(
            Map.entry("epochs", 4),
            Map.entry("batchSize", 64),
            Map.entry("precision", Precision.BF16),
            Map.entry("optimizer", new Optimizer.Sgd(0.9, false, 5e-4)),
            Map.entry("schedule", Schedule.COSINE),
            Map.entry("learningRate", 0.2),
            Map.entry("warmupEpochs", 1.0),
            Map.entry("labelSmoothing", 0.1),
            Map.entry("clipNorm", 1.0),
            Map.entry("augmentation", new Augmentation(2, false)),
            Map.entry("loss", Loss.DICE));

    private static String id(Training training) {
        return TrialId.of("0123456789abcdef", training, "data", 0);
    }

    /** The training with another value of one part. */
    private static Training changed(String part, Object value) throws ReflectiveOperationException {
        RecordComponent[] parts = Training.class.getRecordComponents();
        Class<?>[] types = new Class<?>[parts.length];
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            types[i] = parts[i].getType();
            values[i] = parts[i].getName().equals(part)
                    ? value
                    : parts[i].getAccessor().invoke(TRAINING);
        }
        return Training.class.getDeclaredConstructor(types).newInstance(values);
    }

    @Test
    void whateverDecidesTheResultDecidesTheId() throws ReflectiveOperationException {
        List<String> ids = new ArrayList<>(List.of(
                id(TRAINING),
                TrialId.of("0123456789abcdee", TRAINING, "data", 0),
                TrialId.of("0123456789abcdef", TRAINING, "other", 0),
                TrialId.of("0123456789abcdef", TRAINING, "data", 1),
                id(changed("optimizer", new Optimizer.AdamW(0.9, 0.999, 1e-8, 5e-4)))));
        for (RecordComponent part : Training.class.getRecordComponents()) {
            if (!part.getName().equals("timeLimitSeconds")) {
                assertThat(OTHERS).containsKey(part.getName());
                ids.add(id(changed(part.getName(), OTHERS.get(part.getName()))));
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void moreTimeDoesNotTrainAgain() throws ReflectiveOperationException {
        assertThat(id(changed("timeLimitSeconds", 60.0))).isEqualTo(id(TRAINING));
    }

    /**
     * Results of years are found again by it; it changes with the version of the engine's semantics in a precision
     * alone.
     */
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
