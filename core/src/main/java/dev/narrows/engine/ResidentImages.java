package dev.narrows.engine;

import dev.narrows.data.Description;
import dev.narrows.net.Shape;
import dev.narrows.study.Task;

/** The images that stay on a GPU for all trials of a process, by their size. */
public final class ResidentImages {
    /** A larger part goes to a device a piece at a time, so that it does not crowd out what is computed with it. */
    private static final long MOST_BYTES = 8L << 30;

    private ResidentImages() {}

    /**
     * Bytes on a GPU of the parts of a set that stay there.
     *
     * @param deformed true where no trial looks up training images as they are: then these are made on the host
     */
    public static long bytes(Description set, boolean deformed) {
        boolean masked = set.task() == Task.SEGMENTATION;
        return (deformed ? 0 : bytes(set.shape(), masked, set.train()))
                + bytes(set.shape(), masked, set.validation())
                + bytes(set.shape(), masked, set.test());
    }

    /** Bytes on a GPU of one part; 0 where it does not stay. */
    private static long bytes(Shape shape, boolean masked, int images) {
        return stay(shape, masked, images) ? all(shape, masked, images) : 0;
    }

    /** True of a part that is not too large to stay. */
    static boolean stay(Shape shape, boolean masked, int images) {
        return all(shape, masked, images) <= MOST_BYTES;
    }

    private static long all(Shape shape, boolean masked, int images) {
        return images * (shape.elements() + (masked ? shape.positions() : 0L));
    }
}
