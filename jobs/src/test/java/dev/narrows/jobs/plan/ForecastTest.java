package dev.narrows.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Precision;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
    @TempDir
    Path folder;

    private PlannedStudy planned() throws IOException {
        Path file = folder.resolve("study.conf");
        Files.writeString(file, """
                study = forecast
                data { source = "bundled:fashion-mnist", train = [200, 400], validation = 100 }
                grid = [ { family = bottleneck, mid = [4, 32], seeds = [0, 1] } ]
                training { batch-size = [32, 64], precision = [fp32, bf16], schedule = [cosine, one-cycle]
                  optimizer = [ { name = sgd }, { name = adamw } ] }
                """);
        return PlannedStudy.of(StudyReader.read(file, List.of()));
    }

    @Test
    void trialsTogetherTakeTheSumOfEachAndTheMemoryOfTheLargest() throws IOException {
        PlannedStudy planned = planned();
        List<Trial> trials = planned.trials(Precision.FP32);
        assertThat(trials).hasSize(2 * 2 * 2 * 2 * 2 * 2 * 2);
        ToDoubleFunction<Trial> predicted = planned.secondsByTrial();
        double seconds = 0;
        double longest = 0;
        long memory = 0;
        for (Trial trial : trials) {
            double one = predicted.applyAsDouble(trial);
            seconds += one;
            longest = Math.max(longest, one);
            memory = Math.max(memory, TrainingStep.of(trial.training()).bytes(trial.network(), trial.input()));
        }
        assertThat(Forecast.of(planned, trials)).isEqualTo(new Forecast.Total(seconds, longest, memory));
        assertThat(longest).isLessThan(seconds);
        // The smallest need comes first, so that the first step of a network does not stand for its others.
        Trial first = trials.get(0);
        assertThat(TrainingStep.of(first.training()).bytes(first.network(), first.input()))
                .isLessThan(memory);
    }

    @Test
    void slotsShareTheTimeOfTrialsButNoTrialIsShared() {
        Forecast.Total total = new Forecast.Total(100, 30, 1);
        assertThat(total.wallSeconds(2)).isEqualTo(50);
        assertThat(total.wallSeconds(8)).isEqualTo(30);
    }

    @Test
    void nothingLeftToRunTakesNothing() throws IOException {
        assertThat(Forecast.of(planned(), List.of())).isEqualTo(new Forecast.Total(0, 0, 0));
    }
}
