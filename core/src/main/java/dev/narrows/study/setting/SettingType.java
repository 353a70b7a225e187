package dev.narrows.study.setting;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way in which a setting's value is written in each place: a study file, the cells of a table, a trial's id. */
abstract class SettingType<T> {
    /** The value that a section says, or its default; what is wrong goes to the section's problems. */
    abstract T read(SettingSection section, String key);

    /**
     * Each line of {@code reference.conf} that the default stands in, by its path in the section, with what it must be.
     */
    abstract Map<String, String> lines(String key);

    /** The types of the cells that a value takes. */
    abstract List<CellType> cells();

    /** The cells of a value; null where there is nothing to say. */
    abstract List<@Nullable Object> cells(T value);

    /** The value of some cells. */
    abstract T ofCells(List<@Nullable Object> cells);

    /** True where cells that are all null are a value too. */
    abstract boolean mayBeNone();

    /** The value as a trial's id hashes it: it must never change. */
    abstract String canonical(T value);

    /** The value as a study file writes it. */
    abstract String written(T value);
}
