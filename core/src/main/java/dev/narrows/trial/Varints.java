package dev.narrows.trial;

import java.io.ByteArrayOutputStream;

/** Counts in as few bytes as they need: seven bits each, the lowest first, the eighth set where more follow. */
final class Varints {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int MOST_BITS = 31;

    private Varints() {}

    static void write(ByteArrayOutputStream out, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Cannot keep a count of %d".formatted(count));
        }
        int rest = count;
        while (rest >= MORE) {
            out.write((rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        out.write(rest);
    }

    /** Reads counts one after the other. */
    static final class Reader {
        private final byte[] bytes;
        private int next;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** @throws IllegalArgumentException where there is no whole count */
        int next() {
            int count = 0;
            for (int shift = 0; shift < MOST_BITS && next < bytes.length; shift += BITS) {
                byte one = bytes[next++];
                count |= (one & (MORE - 1)) << shift;
                if (one >= 0) {
                    return count;
                }
            }
            throw new IllegalArgumentException(
                    "Cannot read counts of images: byte %d of %d ends none".formatted(next, bytes.length));
        }

        boolean atEnd() {
            return next == bytes.length;
        }
    }
}
