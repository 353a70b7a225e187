package dev.narrows.data.source;

import dev.narrows.net.Shape;
import org.jspecify.annotations.Nullable;

/** One image as its source stores it. Equality is identity. */
public final class Item {
    private final byte[] bytes;
    private final @Nullable Shape pixels;
    private final int label;
    private final byte @Nullable [] mask;
    private final String file;
    private final long row;

    /**
     * An image with a label.
     *
     * @param bytes a PNG, JPEG or other encoded image, or plain pixels with the channel last (H, W, C)
     * @param pixels the shape of plain pixels (C, H, W); null for an encoded image
     * @param file that contains the image
     * @param row counted from 0 in the file, or -1 if the file is the image
     */
    public Item(byte[] bytes, @Nullable Shape pixels, int label, String file, long row) {
        this(bytes, pixels, label, null, file, row);
    }

    private Item(byte[] bytes, @Nullable Shape pixels, int label, byte @Nullable [] mask, String file, long row) {
        this.bytes = bytes;
        this.pixels = pixels;
        this.label = label;
        this.mask = mask;
        this.file = file;
        this.row = row;
    }

    /**
     * An image with a mask; its label is 0, because all masked images form one stratum.
     *
     * @param mask encoded as the image is: a grey or palette image, or plain values (H, W)
     */
    public static Item masked(byte[] bytes, @Nullable Shape pixels, byte[] mask, String file, long row) {
        return new Item(bytes, pixels, 0, mask, file, row);
    }

    /** The stored bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public @Nullable Shape pixels() {
        return pixels;
    }

    public int label() {
        return label;
    }

    /** The stored mask, not to be changed; null if the image has a label. */
    public byte @Nullable [] mask() {
        return mask;
    }

    /** The image's name in messages. */
    public String place() {
        return row < 0 ? file : "image %d of %s".formatted(row, file);
    }
}
