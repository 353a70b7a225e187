package dev.narrows.study;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;

/**
 * The preparation of a source's images, before any network sees them.
 *
 * @param task the task that they teach
 * @param columns the columns of Parquet files with images and answers
 * @param ignore values of masks that are no class, such as a border that nobody labelled
 * @param colour the channels of every image
 * @param size the size that every image is brought to; none: all must have that of the first
 * @param fit the way in which an image of another size is brought to it
 * @param patch the size of the patches that every image is then cut into, without overlap; none: it stays whole
 * @param corrupt the treatment of an image that cannot be read
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
    /** Images as they are. */
    public static final Preparation NONE = new Preparation(
            TaskChoice.AUTO, Columns.NONE, List.of(), Colour.AUTO, Size.NONE, Fit.RESIZE, Size.NONE, Corrupt.REFUSE);

    public Preparation {
        ignore = List.copyOf(ignore);
    }

    /**
     * Samples that each image is cut into: 1 for a whole one. Empty where only the images tell, as they are cut into
     * patches in a size of their own.
     */
    public OptionalLong samples() {
        if (!patch.given()) {
            return OptionalLong.of(1);
        }
        return size.given()
                ? OptionalLong.of((long) (size.height() / patch.height()) * (size.width() / patch.width()))
                : OptionalLong.empty();
    }

    /** The channels of images. */
    public enum Colour {
        /** Those of the first image; a grey one among coloured ones has three equal channels. */
        AUTO,
        /** One: of red, green and blue the weighted sum that the eye sees as bright (ITU-R BT.601). */
        GREY,
        /** Three: of a grey image all equal. */
        RGB
    }

    /** The way in which an image comes to another size. */
    public enum Fit {
        /** Interpolated between pixels, averaged over them where it shrinks; masks take the nearest position. */
        RESIZE,
        /** Mirrored at its borders (Ronneberger, Fischer and Brox, 2015); it must not be larger. */
        PAD,
        /** Its middle; it must not be smaller. */
        CROP
    }

    /** The treatment of an image that cannot be read. */
    public enum Corrupt {
        /** The study ends, with the image named. */
        REFUSE,
        /** The image is left out, and the study goes on. */
        SKIP
    }
}
