package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rate of every step decides the bits of every trial, so it is written down to the last bit. */
class RatesTest {
    private static final boolean WRITE = System.getenv("NARROWS_WRITE_GOLDEN") != null;
    private static final Path GOLDEN = Path.of("src/test/resources/dev/narrows/engine/rates.txt");

    @Test
    void theRatesOfEachScheduleAreTheGoldenOnes() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Schedule schedule : Schedule.values()) {
            for (double warmup : new double[] {0, 0.5, 1}) {
                for (int stepsPerEpoch : new int[] {1, 7}) {
                    text.append("%s, warm-up of %s epochs, %d steps an epoch:"
                            .formatted(schedule.name(), warmup, stepsPerEpoch));
                    Rates rates = new Rates(training(schedule, warmup), stepsPerEpoch);
                    for (int step = 0; step < 3 * stepsPerEpoch; step++) {
                        text.append(' ').append(Double.toHexString(rates.at(step)));
                    }
                    text.append('\n');
                }
            }
        }
        if (WRITE) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    private static Training training(Schedule schedule, double warmup) {
        return new Training(
                3,
                32,
                Precision.FP32,
                new Optimizer.Sgd(0.9, true, 5e-4),
                schedule,
                0.1,
                warmup,
                0,
                0,
                new Augmentation(0, false),
                Loss.CROSS_ENTROPY,
                0);
    }
}
