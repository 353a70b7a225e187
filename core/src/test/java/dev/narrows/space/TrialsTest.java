package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.cost.Cost;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.StudyFiles;
import dev.narrows.trial.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {
    private static final Study.Input INPUT = new Study.Input(new Shape(1, 28, 28), 10);

    @TempDir
    Path folder;

    private List<Trial> trials(String text) {
        Study study = study(text);
        Map<DataSpec, String> fingerprints = new HashMap<>();
        study.data().forEach(data -> fingerprints.put(data, "f" + data.train()));
        return Planner.plan(study, INPUT).trials(study, fingerprints, Precision.BF16);
    }

    private Study study(String text) {
        return StudyFiles.read(
                folder, "study = x, grid = [ { family = residual, mid = [8, 16], seeds = [0, 1] } ]\n" + text);
    }

    @Test
    void thereIsATrialForEachVariantSeedTrainingAndData() {
        List<Trial> trials =
                trials("data { source = y, train = [100, 200] }, training { learning-rate = [0.1, 0.2, 0.3] }");
        assertThat(trials).hasSize(2 * 2 * 2 * 3);
        assertThat(trials).extracting(Trial::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
        assertThat(trials).extracting(trial -> trial.training().precision()).containsOnly(Precision.BF16);
    }

    @Test
    void choicesThatResolveToTheSameAreOne() {
        assertThat(trials("data { source = y }, training { precision = [auto, bf16] }"))
                .hasSize(4);
        assertThat(trials("data { source = y }, training { precision = [auto, fp32] }"))
                .hasSize(8);
    }

    @Test
    void dataWithoutAFingerprintAreRefused() {
        Study study = study("data { source = y }");
        Plan plan = Planner.plan(study, INPUT);
        assertThatThrownBy(() -> plan.trials(study, Map.of(), Precision.FP32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot name trials: DataSpec[source=y")
                .hasMessageEndingWith("has no fingerprint");
    }

    @Test
    void whatAPlanWouldCostIsTheSumOfItsTrials() {
        Study study = study("data { source = y, train = 1000 }, training { epochs = 2, batch-size = 10 }");
        DataSpec data = study.data().get(0);
        List<Trial> trials = Planner.plan(study, INPUT).trials(study, Map.of(data, "f"), Precision.FP32);
        TrainingRate.Images images = new TrainingRate.Images(1000, 100, 50);
        TrainingRate rate = new TrainingRate(1e9, 1e9, 0.5);
        double seconds = trials.stream()
                .mapToDouble(trial -> rate.seconds(Cost.of(trial.network(), trial.input()), trial.training(), images))
                .sum();
        PredictedCost cost = PredictedCost.of(trials, Map.of(data, images), rate, 2);
        assertThat(cost.trials()).isEqualTo(4);
        assertThat(cost.seconds()).isCloseTo(seconds / 2, within(1e-9));
        assertThat(cost.memoryBytes()).isGreaterThan(cost.memoryBytes() / 2).isPositive();
        assertThat(PredictedCost.of(trials, Map.of(data, images), rate, 1).memoryBytes())
                .isLessThan(cost.memoryBytes());
        assertThat(PredictedCost.of(trials, Map.of(data, images), rate, 100).seconds())
                .as("no sooner than the longest trial")
                .isGreaterThan(seconds / 100);
    }

    @Test
    void aTrialIsThreePassesOfTrainingAndOneOfJudging() {
        Study study = study("data { source = y }, training { epochs = 2 }");
        TrainingRate rate = new TrainingRate(1e6, 1e6, 0.5);
        Cost cost = new Cost(1, 1000, 2000, 1);
        assertThat(rate.seconds(cost, study.training().get(0), new TrainingRate.Images(100, 10, 5)))
                .isCloseTo(0.5 + 0.003 * (3 * 2 * 100 + 2 * 10 + 5), within(1e-12));
        Study limited = study("data { source = y }, training { epochs = 2, time-limit = 1 s }");
        assertThat(rate.seconds(cost, limited.training().get(0), new TrainingRate.Images(100, 10, 5)))
                .isEqualTo(1);
    }

    @Test
    void ratesAreLearnedFromTheMedianOfWhatHasEnded() {
        TrainingRate rate = new TrainingRate(1e9, 1e8, 1);
        TrainingRate learned = rate.learned(
                List.of(new TrainingRate.Ended(1, 2), new TrainingRate.Ended(10, 20), new TrainingRate.Ended(1, 100)));
        assertThat(learned).isEqualTo(new TrainingRate(5e8, 5e7, 2));
        assertThat(rate.learned(List.of())).isEqualTo(rate);
    }
}
