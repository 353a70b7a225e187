package dev.narrows.study.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a study, described once: its key, what its value may be, the cells that hold it in tables, and whether a
 * trial's id depends on it. Reading, ids, columns, the journal and documentation come from here; the default stands in
 * {@code reference.conf}.
 *
 * @param <R> the record that has it
 * @param <T> its value
 */
public final class Setting<R, T> {
    /**
     * A column of a table that holds a setting or a part of it.
     *
     * @param meaning one sentence for a person, with the unit
     */
    public record Cell(String name, CellType type, String meaning) {}

    private final String key;
    private final SettingType<T> type;
    private final Function<R, T> value;
    private final List<Cell> cells;
    private final boolean ofTrial;
    private final boolean published;
    private final boolean axis;
    private final Optional<T> before;

    private Setting(
            String key,
            SettingType<T> type,
            Function<R, T> value,
            List<Cell> cells,
            boolean ofTrial,
            boolean published,
            boolean axis,
            Optional<T> before) {
        this.key = key;
        this.type = type;
        this.value = value;
        this.cells = List.copyOf(cells);
        this.ofTrial = ofTrial;
        this.published = published;
        this.axis = axis;
        this.before = before;
    }

    /**
     * A setting that a trial's id depends on.
     *
     * @param key from the section of the study file that is read as the record: {@code augment.crop}
     */
    static <R, T> Setting<R, T> of(String key, SettingType<T> type, Function<R, T> value, List<Cell> cells) {
        return new Setting<>(key, type, value, cells, true, true, false, Optional.empty());
    }

    /** The same with one column per part of its value; names and meanings alternate. */
    static <R, T> Setting<R, T> of(String key, SettingType<T> type, Function<R, T> value, String... columns) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < type.cells().size(); i++) {
            cells.add(new Cell(columns[2 * i], type.cells().get(i), columns[2 * i + 1]));
        }
        return of(key, type, value, cells);
    }

    /** The same setting where the value changes nothing of a trial that completes. */
    Setting<R, T> outsideId() {
        return new Setting<>(key, type, value, cells, false, published, axis, before);
    }

    /** The same setting where only the journal has its columns. */
    Setting<R, T> journalOnly() {
        return new Setting<>(key, type, value, cells, ofTrial, false, axis, before);
    }

    /** The same setting where a list is an axis. */
    Setting<R, T> axis() {
        return new Setting<>(key, type, value, cells, ofTrial, published, true, before);
    }

    /** The same setting where there are trials from before it: they had this value, and their ids do not name it. */
    Setting<R, T> addedLater(T had) {
        return new Setting<>(key, type, value, cells, ofTrial, published, axis, Optional.of(had));
    }

    public String key() {
        return key;
    }

    public T value(R record) {
        return value.apply(record);
    }

    /** True where a trial's id depends on it. */
    public boolean isOfTrial() {
        return ofTrial;
    }

    /** True where its columns stand in public tables; the journal has them all. */
    public boolean isPublished() {
        return published;
    }

    /** True where a list in a study file is an axis. */
    public boolean isAxis() {
        return axis;
    }

    /** The columns that hold it. */
    public List<Cell> cells() {
        return cells;
    }

    /** The contents of these columns for a record, in their order. */
    public List<@Nullable Object> cells(R record) {
        return type.cells(value(record));
    }

    /**
     * The value of cells.
     *
     * @param found the content of a column, or null
     * @throws IllegalStateException where there is none, though there must be
     */
    public T ofCells(Function<Cell, @Nullable Object> found) {
        List<@Nullable Object> contents = new ArrayList<>();
        cells.forEach(cell -> contents.add(found.apply(cell)));
        if (contents.get(0) == null && !type.mayBeNone()) {
            return before.orElseThrow(
                    () -> new IllegalStateException("it has no " + cells.get(0).name()));
        }
        return type.ofCells(contents);
    }

    /** The line that a trial's id hashes; nothing where the value is that of trials from before the setting. */
    public Optional<String> idLine(R record) {
        T own = value(record);
        return ofTrial && !before.equals(Optional.of(own))
                ? Optional.of(key.substring(key.lastIndexOf('.') + 1) + "=" + type.canonical(own))
                : Optional.empty();
    }

    /** The value of a record as its id has it. */
    String canonical(R record) {
        return type.canonical(value(record));
    }

    /** The line of a study file for a record: {@code epochs=3}. */
    public String written(R record) {
        return key + "=" + type.written(value(record));
    }

    T read(SettingSection section, String lastKey) {
        return type.read(section, lastKey);
    }

    /** Each line of {@code reference.conf} that has a default of it, by its path, with what it must be. */
    public Map<String, String> lines() {
        return type.lines(key);
    }
}
