package dev.narrows.trial;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Results of years are found again by their ids, so those of many different trials are written down. There is no way to
 * write that file anew: a trial that ends with other bits gets another version in {@link EngineSemantics}, and then the
 * file says so by hand.
 */
class TrialIdsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/narrows/trial/ids.txt");

    private static final List<Optimizer> OPTIMIZERS = List.of(
            new Optimizer.Sgd(0.9, true, 5e-4),
            new Optimizer.Sgd(0, false, 0),
            new Optimizer.Sgd(0.85, false, 1e-7),
            new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.05),
            new Optimizer.AdamW(0.5, 0.25, 1, 0),
            new Optimizer.AdamW(0, 0, 12345678.5, 1e10));

    private static final List<Augmentation> AUGMENTATIONS = List.of(
            new Augmentation(0, false),
            new Augmentation(4, true),
            new Augmentation(0, false, true, 0),
            new Augmentation(0, false, false, 2.5),
            new Augmentation(1, true, true, 1e-3));

    /** Every optimizer with every schedule, and every other setting in turn. */
    private static List<Training> trainings() {
        List<Training> trainings = new ArrayList<>();
        Precision[] precisions = {Precision.FP32, Precision.BF16, Precision.FP16};
        int i = 0;
        for (Optimizer optimizer : OPTIMIZERS) {
            for (Schedule schedule : Schedule.values()) {
                for (Loss loss : Loss.values()) {
                    trainings.add(new Training(
                            1 + i % 7,
                            1 << i % 9,
                            precisions[i / 2 % 3],
                            optimizer,
                            schedule,
                            new double[] {0.1, 3e-4, 1, 1e8}[i % 4],
                            new double[] {0, 0.5, 2}[i % 3],
                            new double[] {0, 0.1}[i % 2],
                            new double[] {0, 1, 0.3333333333333333}[i / 3 % 3],
                            AUGMENTATIONS.get(i % AUGMENTATIONS.size()),
                            loss,
                            new double[] {0, 600}[i / 5 % 2]));
                    i++;
                }
            }
        }
        return trainings;
    }

    @Test
    void theIdsOfManyTrialsNeverChange() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Training training : trainings()) {
            ids.add(TrialId.of("0123456789abcdef", training, "f00d", ids.size() % 3 - 1));
        }
        assertThat(ids).hasSize(54).doesNotHaveDuplicates();
        assertThat(Files.readAllLines(GOLDEN)).containsExactlyElementsOf(ids);
    }
}
