package dev.narrows.study;

import java.io.Serializable;

/**
 * The columns of Parquet files that a study reads.
 *
 * @param image of the images; empty for the one that the file declares
 * @param answer of the labels or masks to be learnt; empty likewise
 */
public record Columns(String image, String answer) implements Serializable {
    /** Nothing is said. */
    public static final Columns NONE = new Columns("", "");

    public boolean given() {
        return !image.isEmpty() || !answer.isEmpty();
    }
}
