package dev.narrows.study;

import java.io.Serializable;

/**
 * Height and width in pixels.
 *
 * @param height 0, as the width, for none said
 */
public record Size(int height, int width) implements Serializable {
    /** Nothing is said. */
    public static final Size NONE = new Size(0, 0);

    public boolean given() {
        return height > 0;
    }

    /** {@code 64x64}. */
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
