package dev.narrows.study;

import java.io.Serializable;

/**
 * The file and line of a value, as messages begin: {@code conf/studies/x.conf: 12}.
 *
 * @param file the path as it was given, or {@code --set}
 * @param line counted from 1, or 0 where there are no lines
 */
public record Origin(String file, int line) implements Serializable {
    /** The message with its place before it. */
    public String tell(String message) {
        return this + ": " + message;
    }

    @Override
    public String toString() {
        return line > 0 ? file + ": " + line : file;
    }
}
