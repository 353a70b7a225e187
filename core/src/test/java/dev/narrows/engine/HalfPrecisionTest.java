package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Precision;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import org.junit.jupiter.api.Test;

/** Training in fp16, which libtorch computes on a processor too, slowly. */
class HalfPrecisionTest {
    @Test
    void aNetworkLearnsInFp16AsItDoesInFp32() {
        TrialResult half = trained(Precision.FP16);
        TrialResult single = trained(Precision.FP32);
        assertThat(half.outcome()).as(String.valueOf(half.message())).isEqualTo(Outcome.COMPLETED);
        double last = half.epochs().get(2).trainLoss();
        assertThat(last).isLessThan(half.epochs().get(0).trainLoss());
        assertThat(last).isCloseTo(single.epochs().get(2).trainLoss(), org.assertj.core.data.Offset.offset(0.1));
        assertThat(half.environment().precision()).isEqualTo("fp16");
    }

    private static TrialResult trained(Precision precision) {
        return new TrialRunner(Engine.start(1))
                .run(
                        TrialRunnerTest.trial(
                                SmallNetworks.bottleneck(), 0, TrialRunnerTest.training(3, precision, 0.05, 0)),
                        TrialRunnerTest.DATA,
                        "cpu",
                        Watch.none());
    }
}
