package dev.narrows.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint: eight letters that name the format, its version, the length of the head, and that of the
 * tensors; the head ({@link CheckpointHead}); the tensors, little-endian fp32; and a CRC-32C of all before it.
 */
final class CheckpointFile {
    private static final byte[] MAGIC = "NARROWSK".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;

    /** Before the head. */
    static final int PREFIX_BYTES = MAGIC.length + 2 * Integer.BYTES + Long.BYTES;

    /** Behind the tensors. */
    static final int SUFFIX_BYTES = Long.BYTES;

    /** Tensors are copied out in pieces. */
    private static final int PIECE_BYTES = 1 << 20;

    private CheckpointFile() {}

    /** An order of bytes in which {@link Checkpoint#tensors} must be. */
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    static void write(Checkpoint checkpoint, OutputStream out) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        CheckpointHead.write(checkpoint, new DataOutputStream(head));
        ByteBuffer tensors = checkpoint.tensors().duplicate();
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES)
                .put(MAGIC)
                .putInt(FORMAT)
                .putInt(head.size())
                .putLong(tensors.remaining());
        CRC32C sum = new CRC32C();
        put(out, sum, prefix.array(), PREFIX_BYTES);
        put(out, sum, head.toByteArray(), head.size());
        byte[] piece = new byte[PIECE_BYTES];
        while (tensors.hasRemaining()) {
            int length = Math.min(PIECE_BYTES, tensors.remaining());
            tensors.get(piece, 0, length);
            put(out, sum, piece, length);
        }
        out.write(ByteBuffer.allocate(SUFFIX_BYTES).putLong(sum.getValue()).array());
    }

    private static void put(OutputStream out, CRC32C sum, byte[] bytes, int length) throws IOException {
        sum.update(bytes, 0, length);
        out.write(bytes, 0, length);
    }

    /**
     * Reads a file whole and checks all of it.
     *
     * @param file direct or not; what is read of it stays in it
     */
    static Checkpoint read(ByteBuffer file) throws UnusableCheckpointException {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.BIG_ENDIAN);
        int length = bytes.remaining();
        byte[] magic = new byte[MAGIC.length];
        if (length < PREFIX_BYTES + SUFFIX_BYTES) {
            throw cutOff(length);
        }
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new UnusableCheckpointException("it does not begin as a checkpoint does");
        }
        int format = bytes.getInt();
        if (format != FORMAT) {
            throw new UnusableCheckpointException(
                    "it is of format %d, and this version reads format %d".formatted(format, FORMAT));
        }
        int head = bytes.getInt();
        long tensors = bytes.getLong();
        if (head < 0 || tensors < 0 || length - PREFIX_BYTES - SUFFIX_BYTES - (long) head < tensors) {
            throw cutOff(length);
        }
        if (length - PREFIX_BYTES - SUFFIX_BYTES - (long) head > tensors) {
            throw new UnusableCheckpointException("it is longer than it says");
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate().position(file.position()).limit(file.limit() - SUFFIX_BYTES));
        if (sum.getValue() != bytes.getLong(file.limit() - SUFFIX_BYTES)) {
            throw new UnusableCheckpointException("it is damaged: its checksum is another");
        }
        byte[] words = new byte[head];
        bytes.get(words);
        ByteBuffer values = bytes.slice(bytes.position(), (int) tensors)
                .order(ORDER)
                .asReadOnlyBuffer()
                .order(ORDER);
        try {
            return CheckpointHead.read(new DataInputStream(new ByteArrayInputStream(words)), values);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableCheckpointException("it is damaged (%s)".formatted(e.getMessage()), e);
        }
    }

    private static UnusableCheckpointException cutOff(int length) {
        return new UnusableCheckpointException("it is cut off, after %d bytes".formatted(length));
    }
}
