package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.trial.TrainingStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationBatchTest {
    private static Program program(int side, ElementType type) {
        return Rules.training(SmallNetworks.bottleneck(), new Shape(3, side, side), type, Form.GPU_CHANNELS_LAST);
    }

    @ParameterizedTest
    @CsvSource({"12, 32, FP32", "32, 64, FP32", "32, 128, BF16", "96, 16, FP16", "224, 4, FP32"})
    void anEvaluationIsAsLargeAsATrainingStepHasRoomFor(int side, int batch, ElementType type) {
        Program program = program(side, type);
        TrainingStep step = new TrainingStep(batch, type, 1);
        int images = EvaluationBatch.onGpu(program, step);
        assertThat(images).as("more than a step trains").isBetween(batch + 1, EvaluationBatch.MOST - 1);
        assertThat(EvaluationBatch.bytes(program, step, images)).isLessThanOrEqualTo(step.bytes(program));
        assertThat(EvaluationBatch.bytes(program, step, images + 1)).isGreaterThan(step.bytes(program));
    }

    @Test
    void thousandImagesAreEnough() {
        assertThat(EvaluationBatch.onGpu(program(12, ElementType.FP32), new TrainingStep(1024, ElementType.FP32, 1)))
                .isEqualTo(EvaluationBatch.MOST);
    }

    @Test
    void oneImageIsEvaluatedInAnyCase() {
        assertThat(EvaluationBatch.onGpu(program(224, ElementType.FP32), new TrainingStep(1, ElementType.FP32, 0)))
                .isPositive();
    }
}
