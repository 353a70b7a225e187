package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.jobs.Trials;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunAgainTest {
    @TempDir
    Path folder;

    /** The id hashes all that decides a result, so an equal id is an equal trial. */
    @ParameterizedTest
    @CsvSource({
        "quickstart.conf, 0",
        "quickstart.conf, 7",
        "quickstart.conf, 17",
        "equal-macs.conf, 5",
        "u-net-skip.conf, 3"
    })
    void commandPlansThatTrialAndNoOther(String name, int index) {
        plansThatTrialAndNoOther(Path.of("..", "conf", "studies", name), index);
    }

    /** A knob that is null where its family has a default stays null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "family = convnext, layer-scale = [null, 1e-6]",
                "family = dense, bottleneck-size = [null, 4]",
                "family = plain, stem.width = [null, 16]",
                "family = residual, head.pool = [null, 1]",
                "family = residual, mid = [8, 16]",
                "family = bottleneck, width-per-group = [4, 8], cardinality = 2",
                "family = inception, branch-1x1 = [8, 16], branch-3x3 = 8, branch-5x5 = 8, branch-pool = 8"
            })
    void nothingGivenIsSaidAndAlternativesAreNot(String grid) throws IOException {
        Path file = folder.resolve("nothing.conf");
        Files.writeString(file, """
                study = nothing
                data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
                grid = [ { %s } ]
                """.formatted(grid));
        plansThatTrialAndNoOther(file, 0);
        plansThatTrialAndNoOther(file, 1);
    }

    @Test
    void everySettingOfATrialIsSaid() throws IOException {
        Path file = folder.resolve("axes.conf");
        Files.writeString(file, """
                study = axes
                data { source = "bundled:fashion-mnist", train = [null, 200] }
                grid = [ { family = bottleneck } ]
                training {
                  epochs = [2, 3], warmup-epochs = 0.5, label-smoothing = 0.1, schedule = [cosine, constant]
                  optimizer = [ { name = sgd, nesterov = false }, { name = adamw, epsilon = 1e-6, learning-rate = 3e-4 \
                } ]
                  augment { crop = 2, flip = true, turn = true, elastic = 0.5 }
                  clip-norm = [0, 1]
                }
                """);
        for (int index : new int[] {0, 3, 14, 31}) {
            plansThatTrialAndNoOther(file, index);
        }
    }

    private static void plansThatTrialAndNoOther(Path file, int index) {
        Study study = StudyReader.read(file, List.of());
        Trial trial = PlannedStudy.of(study).trials(Precision.FP32).get(index);
        TrialRow row = TrialRow.of(trial, new Cost(1, 1, 1, 1), Trials.completed(trial, 0.5));
        for (Optional<Study> known : List.of(Optional.of(study), Optional.<Study>empty())) {
            Study again = StudyReader.read(file, RunAgain.overrides(row, known));
            assertThat(PlannedStudy.of(again).trials(Precision.FP32))
                    .extracting(Trial::id)
                    .containsExactly(trial.id());
        }
    }
}
