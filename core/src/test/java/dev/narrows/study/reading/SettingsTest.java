package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Columns;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Preparation;
import dev.narrows.study.Schedule;
import dev.narrows.study.Size;
import dev.narrows.study.TaskChoice;
import dev.narrows.study.Training;
import dev.narrows.study.setting.DataSettings;
import dev.narrows.study.setting.Setting;
import dev.narrows.study.setting.SettingValues;
import dev.narrows.study.setting.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A described setting keeps its value on every way: into another record, into cells and back, into a study file. */
class SettingsTest {
    @TempDir
    Path folder;

    /** Every component at something else than its default, with each optimizer. */
    static List<Training> trainings() {
        return Stream.of(new Optimizer.Sgd(0.8, false, 1e-3), new Optimizer.AdamW(0.8, 0.99, 1e-6, 0.5))
                .map(optimizer -> new Training(
                        7,
                        19,
                        Precision.FP16,
                        optimizer,
                        Schedule.COSINE,
                        3e-4,
                        1.5,
                        0.1,
                        2.5,
                        new Augmentation(3, true, true, 0.5),
                        Loss.CROSS_ENTROPY_AND_DICE,
                        90))
                .toList();
    }

    static List<DataSpec> data() {
        return List.of(
                new DataSpec("a", Optional.empty(), Optional.empty(), Optional.empty(), -3),
                new DataSpec(
                        "b",
                        Optional.of(4),
                        Optional.of(5),
                        Optional.of(6),
                        7,
                        new Preparation(
                                TaskChoice.SEGMENTATION,
                                new Columns("x", "y"),
                                List.of(1, 255),
                                Preparation.Colour.GREY,
                                new Size(8, 12),
                                Preparation.Fit.CROP,
                                new Size(4, 6),
                                Preparation.Corrupt.SKIP)));
    }

    /** The record that is made of the cells of another. */
    private static <R> Map<String, Object> cells(List<Setting<R, ?>> settings, R record) {
        Map<String, Object> cells = new TreeMap<>();
        for (Setting<R, ?> setting : settings) {
            for (int i = 0; i < setting.cells().size(); i++) {
                Object content = setting.cells(record).get(i);
                if (content != null) {
                    assertThat(cells.put(setting.cells().get(i).name(), content))
                            .isNull();
                }
            }
        }
        return cells;
    }

    private static <R> SettingValues<R> ofCells(Map<String, Object> cells) {
        return new SettingValues<>() {
            @Override
            public <T> T get(Setting<R, T> setting) {
                return setting.ofCells(cell -> cells.get(cell.name()));
            }
        };
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void aTrainingIsAllThatItsSettingsSay(Training training) {
        assertThat(TrainingSettings.of(SettingValues.of(training))).isEqualTo(training);
        assertThat(TrainingSettings.of(ofCells(cells(TrainingSettings.ALL, training))))
                .isEqualTo(training);
        String written = TrainingSettings.ALL.stream()
                .filter(Setting::isOfTrial)
                .map(setting -> setting.written(training))
                .collect(Collectors.joining("\n"));
        assertThat(StudyFiles.read(folder, StudyFiles.LEAST + "training {\ntime-limit = 90 s\n" + written + "\n}")
                        .training())
                .containsExactly(training);
    }

    @ParameterizedTest
    @MethodSource("data")
    void imagesAreAllThatTheirSettingsSay(DataSpec data) {
        assertThat(DataSettings.of(SettingValues.of(data))).isEqualTo(data);
        assertThat(DataSettings.of(ofCells(cells(DataSettings.ALL, data)))).isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void anotherPrecisionChangesNothingElse(Training training) {
        Training other = training.withPrecision(Precision.FP32);
        assertThat(other.precision()).isEqualTo(Precision.FP32);
        assertThat(other.withPrecision(Precision.FP16)).isEqualTo(training);
    }

    @Test
    void rowsFromBeforeASettingHaveWhatTrialsThenHad() {
        Map<String, Object> cells = cells(TrainingSettings.ALL, trainings().get(0));
        cells.keySet().removeAll(List.of("augmentation_turn", "augmentation_elastic", "loss"));
        Training read = TrainingSettings.of(ofCells(cells));
        assertThat(read.augmentation()).isEqualTo(new Augmentation(3, true));
        assertThat(read.loss()).isEqualTo(Loss.CROSS_ENTROPY);
        assertThat(TrainingSettings.ALL.stream().flatMap(setting -> setting.idLine(read).stream()))
                .containsExactly(
                        "epochs=7",
                        "batch-size=19",
                        "precision=FP16",
                        "optimizer=sgd 0.8 false 0.001",
                        "schedule=COSINE",
                        "learning-rate=3.0E-4",
                        "warmup-epochs=1.5",
                        "label-smoothing=0.1",
                        "clip-norm=2.5",
                        "crop=3",
                        "flip=true");
    }

    @Test
    void aRowThatLacksASettingIsNoTrial() {
        Map<String, Object> cells = cells(TrainingSettings.ALL, trainings().get(1));
        cells.remove("beta2");
        assertThatThrownBy(() -> TrainingSettings.of(ofCells(cells)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it has no beta2");
        cells.put("optimizer", "lion");
        assertThatThrownBy(() -> TrainingSettings.of(ofCells(cells)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be one of sgd, adamw");
    }

    @Test
    void noTwoSettingsHaveAKeyOrAColumnInCommon() {
        assertThat(TrainingSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(DataSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(Stream.concat(TrainingSettings.ALL.stream(), DataSettings.ALL.stream())
                        .flatMap(setting -> setting.cells().stream()))
                .extracting(Setting.Cell::name)
                .doesNotHaveDuplicates();
    }
}
