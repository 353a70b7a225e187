package dev.narrows.study.reading;

import dev.narrows.study.setting.ValueReader;
import java.util.List;

/**
 * A key of a study that says nothing of a single trial, described once. Its default stands in {@code reference.conf}.
 *
 * @param key within its section
 * @param reader of a value
 * @param several true where a list of values is taken too
 */
record StudyKey<T>(String key, ValueReader<T> reader, boolean several) {
    static <T> StudyKey<T> one(String key, ValueReader<T> reader) {
        return new StudyKey<>(key, reader, false);
    }

    static <T> StudyKey<T> several(String key, ValueReader<T> reader) {
        return new StudyKey<>(key, reader, true);
    }

    T read(Section section) {
        return section.one(key, reader);
    }

    List<T> each(Section section) {
        return section.each(key, reader);
    }

    /** The form of its value. */
    String words() {
        return several ? reader.words() + ", or a list of these" : reader.words();
    }
}
