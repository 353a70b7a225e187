package dev.narrows.data.source;

import dev.narrows.net.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One image as its source stores it. Equality is identity. */
public final class Item {
    private final Stored bytes;
    private final @Nullable Shape pixels;
    private final int label;
    private final @Nullable Stored mask;
    private final String file;
    private final long row;
    private final @Nullable String unread;

    /**
     * An image with a label.
     *
     * @param bytes a PNG, JPEG or other encoded image, or plain pixels with the channel last (H, W, C)
     * @param pixels the shape of plain pixels (C, H, W); null for an encoded image
     * @param file that contains the image
     * @param row counted from 0 in the file, or -1 if the file is the image
     */
    public Item(byte[] bytes, @Nullable Shape pixels, int label, String file, long row) {
        this(() -> bytes, pixels, label, null, file, row, null);
    }

    private Item(
            Stored bytes,
            @Nullable Shape pixels,
            int label,
            @Nullable Stored mask,
            String file,
            long row,
            @Nullable String unread) {
        this.bytes = bytes;
        this.pixels = pixels;
        this.label = label;
        this.mask = mask;
        this.file = file;
        this.row = row;
        this.unread = unread;
    }

    /**
     * An image with a mask; its label is 0, because all masked images form one stratum.
     *
     * @param mask encoded as the image is: a grey or palette image, or plain values (H, W)
     */
    public static Item masked(byte[] bytes, @Nullable Shape pixels, byte[] mask, String file, long row) {
        return new Item(() -> bytes, pixels, 0, () -> mask, file, row, null);
    }

    /** An encoded image with a label, in a file of its own. */
    static Item ofFile(Stored bytes, int label, String file) {
        return new Item(bytes, null, label, null, file, -1, null);
    }

    /** An encoded image with a mask, each in a file of its own. */
    static Item ofFiles(Stored bytes, Stored mask, String file) {
        return new Item(bytes, null, 0, mask, file, -1, null);
    }

    /** An image that could not be read, in place of one with a label; its name stands for its bytes. */
    static Item unread(int label, String file, String reason) {
        return new Item(named(file), null, label, null, file, -1, reason);
    }

    /** An image that could not be read, or whose mask could not, in place of one with a mask. */
    static Item unreadMasked(String file, String reason) {
        return new Item(named(file), null, 0, () -> new byte[0], file, -1, reason);
    }

    private static Stored named(String file) {
        byte[] name = file.getBytes(StandardCharsets.UTF_8);
        return () -> name;
    }

    /** The stored bytes, not to be changed. */
    public byte[] bytes() {
        return bytes.bytes();
    }

    /** A SHA-256 of the stored bytes, by which images that are the same are found without all of them in memory. */
    public ByteBuffer digest() {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash images: every Java has SHA-256, this one has not", e);
        }
    }

    /**
     * The stored bytes of an image that is to be decoded.
     *
     * @throws IOException if they could not be read; the message is the reason
     */
    public byte[] encoded() throws IOException {
        if (unread != null) {
            throw new IOException(unread);
        }
        try {
            return bytes.bytes();
        } catch (BadData e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The reason why the image or its mask could not be read; empty if both were. */
    Optional<String> unread() {
        return Optional.ofNullable(unread);
    }

    public @Nullable Shape pixels() {
        return pixels;
    }

    public int label() {
        return label;
    }

    /** The stored mask, not to be changed; null if the image has a label. */
    public byte @Nullable [] mask() {
        return mask == null ? null : mask.bytes();
    }

    /** The image's name in messages. */
    public String place() {
        return row < 0 ? file : "image %d of %s".formatted(row, file);
    }
}
