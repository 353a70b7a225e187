package dev.narrows.data;

import java.time.Duration;

/**
 * A rule for the number of images that are looked at before a study runs. Several datasets share the time of one look,
 * which begins with the first image.
 */
public final class Look {
    private final int least;
    private final long nanos;
    private boolean begun;
    private long end;

    private Look(int least, long nanos) {
        this.least = least;
        this.nanos = nanos;
    }

    /** Looks at every image. */
    public static Look atAll() {
        return new Look(Integer.MAX_VALUE, 0);
    }

    /** Looks at so many images of each dataset, or at all where there are fewer. */
    public static Look at(int images) {
        return new Look(images, 0);
    }

    /**
     * Looks at images until the time is over.
     *
     * @param least images of each dataset that are looked at whatever the time
     */
    public static Look within(Duration time, int least) {
        return new Look(least, time.toNanos());
    }

    /**
     * True where one more image is to be looked at.
     *
     * @param looked images of the dataset that have been looked at, or are being
     */
    synchronized boolean goesOn(int looked) {
        if (!begun) {
            begun = true;
            end = System.nanoTime() + nanos;
        }
        return looked < least || (nanos > 0 && System.nanoTime() < end);
    }
}
