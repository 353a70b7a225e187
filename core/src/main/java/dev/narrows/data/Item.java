package dev.narrows.data;

import dev.narrows.net.Shape;
import org.jspecify.annotations.Nullable;

/** One image as a source keeps it. Two are the same only where they are one. */
final class Item {
    private final byte[] bytes;
    private final @Nullable Shape pixels;
    private final int label;
    private final String file;
    private final long row;

    /**
     * @param bytes a PNG, JPEG or other encoded image, or plain pixels with the channel last (H, W, C)
     * @param pixels the shape of plain pixels (C, H, W); null for an encoded image
     * @param file where it stands
     * @param row counted from 0 in the file, or -1 where the file is the image
     */
    Item(byte[] bytes, @Nullable Shape pixels, int label, String file, long row) {
        this.bytes = bytes;
        this.pixels = pixels;
        this.label = label;
        this.file = file;
        this.row = row;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Nullable
    Shape pixels() {
        return pixels;
    }

    int label() {
        return label;
    }

    /** How messages name it. */
    String place() {
        return row < 0 ? file : "image %d of %s".formatted(row, file);
    }
}
