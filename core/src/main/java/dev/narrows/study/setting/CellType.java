package dev.narrows.study.setting;

/** The type of a table's cell that holds a setting, or a part of one. */
public enum CellType {
    INTEGER,
    LONG,
    DECIMAL,
    FLAG,
    TEXT,
    INTEGERS
}
