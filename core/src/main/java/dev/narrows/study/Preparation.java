package dev.narrows.study;

import java.io.Serializable;
import java.util.List;

/**
 * What is made of a source's images before any network sees them.
 *
 * @param task what they are to teach
 * @param columns where images and answers stand in Parquet files
 * @param ignore values of masks that are no class, such as a border that nobody labelled
 * @param colour whether images are made grey or coloured
 * @param size what every image is brought to; none: all must have that of the first
 * @param fit how an image of another size is brought to it
 * @param patch what every image is then cut into, without overlap; none: it stays whole
 * @param corrupt what becomes of an image that cannot be read
 */
public record Preparation(
        TaskChoice task,
        Columns columns,
        List<Integer> ignore,
        Colour colour,
        Size size,
        Fit fit,
        Size patch,
        Corrupt corrupt)
        implements Serializable {
    /** Nothing is made of them. */
    public static final Preparation NONE = new Preparation(
            TaskChoice.AUTO, Columns.NONE, List.of(), Colour.AUTO, Size.NONE, Fit.RESIZE, Size.NONE, Corrupt.REFUSE);

    public Preparation {
        ignore = List.copyOf(ignore);
    }

    /** Which channels images have. */
    public enum Colour {
        /** Those of the first image; a grey one among coloured ones has three equal channels. */
        AUTO,
        /** One: of red, green and blue the weighted sum that the eye sees as bright (ITU-R BT.601). */
        GREY,
        /** Three: of a grey image all equal. */
        RGB
    }

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
