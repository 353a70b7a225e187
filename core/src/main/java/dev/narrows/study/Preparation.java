package dev.narrows.study;

import java.io.Serializable;

/**
 * What is made of a source's images before any network sees them.
 *
 * @param task what they are to teach
 * @param size what every image is brought to; none: all must have that of the first
 * @param fit how an image of another size is brought to it
 * @param patch what every image is then cut into, without overlap; none: it stays whole
 * @param corrupt what becomes of an image that cannot be read
 */
public record Preparation(TaskChoice task, Size size, Fit fit, Size patch, Corrupt corrupt) implements Serializable {
    /** Nothing is made of them. */
    public static final Preparation NONE =
            new Preparation(TaskChoice.AUTO, Size.NONE, Fit.RESIZE, Size.NONE, Corrupt.REFUSE);

    /** How an image comes to another size. */
    public enum Fit {
        /** Interpolated between pixels, averaged over them where it shrinks; masks take the nearest position. */
        RESIZE,
        /** Mirrored at its borders (Ronneberger, Fischer and Brox, 2015); it must not be larger. */
        PAD,
        /** Its middle; it must not be smaller. */
        CROP
    }

    /** What becomes of an image that cannot be read. */
    public enum Corrupt {
        /** The study ends, with the image named. */
        REFUSE,
        /** The others go on without it. */
        SKIP
    }
}
