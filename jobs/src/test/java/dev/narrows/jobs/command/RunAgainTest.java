package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.jobs.Trials;
import dev.narrows.jobs.run.PlannedStudy;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.StudyReader;
import dev.narrows.trial.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunAgainTest {
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
        Path file = Path.of("..", "conf", "studies", name);
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
