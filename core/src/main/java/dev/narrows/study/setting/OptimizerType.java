package dev.narrows.study.setting;

import dev.narrows.study.Optimizer;
import dev.narrows.study.OptimizerKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The type of the setting that is an optimizer: an object with the name and the settings of that kind. */
final class OptimizerType extends SettingType<Optimizer> {
    private static final String NAME = "name";
    private static final ValueReader<OptimizerKind> KIND = ValueReader.choice(OptimizerKind.class);
    private static final List<Setting<Optimizer, ?>> SETTINGS = OptimizerSettings.ALL;

    /** The columns: the name, then the settings. */
    static List<Setting.Cell> columns() {
        List<Setting.Cell> columns = new ArrayList<>();
        columns.add(new Setting.Cell(
                "optimizer",
                CellType.TEXT,
                Stream.of(OptimizerKind.values())
                        .map(OptimizerKind::word)
                        .collect(Collectors.joining(" or ", "", "."))));
        SETTINGS.forEach(setting -> columns.addAll(setting.cells()));
        return columns;
    }

    /** The settings of the optimizer that a section of training names, over that one's defaults. */
    static SettingSection chosen(SettingSection training, String key) {
        SettingSection optimizer = training.section(key);
        return optimizer.over(optimizer.one(NAME, KIND).word());
    }

    @Override
    Optimizer read(SettingSection training, String key) {
        SettingSection optimizer = training.section(key);
        OptimizerKind kind = optimizer.one(NAME, KIND);
        SettingSection chosen = optimizer.over(kind.word());
        Optimizer read = OptimizerSettings.optimizer(kind, new SectionValues<>(chosen));
        read.misfit().ifPresent(chosen::problem);
        chosen.has(LearningRates.KEY);
        chosen.has(NAME);
        chosen.refuseOthers(() -> kind.word() + " has no such key");
        return read;
    }

    @Override
    Map<String, String> lines(String key) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(key + "." + NAME, KIND.words());
        for (OptimizerKind kind : OptimizerKind.values()) {
            OptimizerSettings.of(kind)
                    .forEach(setting -> setting.lines()
                            .forEach((line, words) -> lines.put(key + "." + kind.word() + "." + line, words)));
        }
        return lines;
    }

    @Override
    List<CellType> cells() {
        return columns().stream().map(Setting.Cell::type).toList();
    }

    @Override
    List<@Nullable Object> cells(Optimizer optimizer) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(optimizer.kind().word());
        for (Setting<Optimizer, ?> setting : SETTINGS) {
            cells.add(
                    OptimizerSettings.of(optimizer.kind()).contains(setting)
                            ? setting.cells(optimizer).get(0)
                            : null);
        }
        return cells;
    }

    /** @throws IllegalArgumentException where the name is that of no optimizer, as one of another version may be */
    @Override
    Optimizer ofCells(List<@Nullable Object> cells) {
        return OptimizerSettings.optimizer(KIND.read(cells.get(0)), new SettingValues<>() {
            @Override
            public <T> T get(Setting<Optimizer, T> setting) {
                return setting.ofCells(cell -> cells.get(1 + SETTINGS.indexOf(setting)));
            }
        });
    }

    @Override
    boolean mayBeNone() {
        return false;
    }

    @Override
    String canonical(Optimizer optimizer) {
        return optimizer.kind().word()
                + OptimizerSettings.of(optimizer.kind()).stream()
                        .map(setting -> " " + setting.canonical(optimizer))
                        .collect(Collectors.joining());
    }

    @Override
    String written(Optimizer optimizer) {
        return "{name=%s, %s}"
                .formatted(
                        optimizer.kind().word(),
                        OptimizerSettings.of(optimizer.kind()).stream()
                                .map(setting -> setting.written(optimizer))
                                .collect(Collectors.joining(", ")));
    }
}
