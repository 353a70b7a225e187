package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyFiles;
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
}
