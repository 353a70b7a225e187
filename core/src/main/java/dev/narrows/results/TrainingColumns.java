package dev.narrows.results;

import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import dev.narrows.study.setting.CellType;
import dev.narrows.study.setting.DataSettings;
import dev.narrows.study.setting.Setting;
import dev.narrows.study.setting.SettingValues;
import dev.narrows.study.setting.TrainingSettings;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The columns of {@code trials} that say how and on what a trial trained, as its settings describe them. */
final class TrainingColumns {
    private TrainingColumns() {}

    static final List<Column<TrialLine>> COLUMNS = Stream.concat(
                    settings(Setting::isPublished),
                    Stream.of(Column.<TrialLine>optional(
                            "data_fingerprint",
                            ColumnType.TEXT,
                            "Hash of the images and their split.",
                            line -> line.ofTrial(TrialDescription::dataFingerprint))))
            .toList();

    /** The columns that only the journal has. */
    static final List<Column<TrialLine>> OF_JOURNAL =
            settings(setting -> !setting.isPublished()).toList();

    private static Stream<Column<TrialLine>> settings(Predicate<Setting<?, ?>> chosen) {
        return Stream.concat(
                TrainingSettings.ALL.stream()
                        .filter(chosen)
                        .flatMap(setting -> columns(setting, TrialDescription::training)),
                DataSettings.ALL.stream().filter(chosen).flatMap(setting -> columns(setting, TrialDescription::data)));
    }

    private static <R> Stream<Column<TrialLine>> columns(Setting<R, ?> setting, Function<TrialDescription, R> record) {
        return IntStream.range(0, setting.cells().size()).mapToObj(i -> {
            Setting.Cell cell = setting.cells().get(i);
            return Column.optional(
                    cell.name(),
                    type(cell.type()),
                    cell.meaning(),
                    line -> line.ofTrial(row -> setting.cells(record.apply(row)).get(i)));
        });
    }

    /** The training settings of a row. */
    static Training training(StoredCells cells) {
        return TrainingSettings.of(new CellValues<>(cells));
    }

    /** The images of a row. */
    static DataSpec data(StoredCells cells) {
        return DataSettings.of(new CellValues<>(cells));
    }

    private static ColumnType type(CellType type) {
        return switch (type) {
            case INTEGER -> ColumnType.INTEGER;
            case LONG -> ColumnType.LONG;
            case DECIMAL -> ColumnType.DECIMAL;
            case FLAG -> ColumnType.FLAG;
            case TEXT -> ColumnType.TEXT;
            case INTEGERS -> ColumnType.INTEGERS;
        };
    }

    /** The settings that a row has. */
    private record CellValues<R>(StoredCells cells) implements SettingValues<R> {
        @Override
        public <T> T get(Setting<R, T> setting) {
            return setting.ofCells(cell -> type(cell.type()).get(cells.row(), cell.name()));
        }
    }
}
