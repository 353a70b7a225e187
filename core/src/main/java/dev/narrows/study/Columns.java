package dev.narrows.study;

import java.io.Serializable;

/**
 * Which columns of Parquet files a study wants.
 *
 * @param image of the images; empty for the one that the file declares
 * @param answer of what is to be learnt, labels or masks; empty likewise
 */
public record Columns(String image, String answer) implements Serializable {
    /** Nothing is said. */
    public static final Columns NONE = new Columns("", "");

    public boolean given() {
        return !image.isEmpty() || !answer.isEmpty();
    }
}
