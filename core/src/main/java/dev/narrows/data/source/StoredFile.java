package dev.narrows.data.source;

import java.lang.ref.SoftReference;
import java.util.zip.CRC32C;

/**
 * A file's bytes. They stay in memory while there is room, and are read again where they did not: a folder of images
 * may be larger than the heap.
 */
final class StoredFile implements Stored {
    private final SourceFiles files;
    private final String path;
    private final long checksum;
    private volatile SoftReference<byte[]> kept;

    /** Reads the file. */
    StoredFile(SourceFiles files, String path) {
        this.files = files;
        this.path = path;
        byte[] bytes = files.bytes(path);
        checksum = checksum(bytes);
        kept = new SoftReference<>(bytes);
    }

    /** @throws BadData where it cannot be read again, or has changed: its fingerprint would be of another image */
    @Override
    public byte[] bytes() {
        byte[] bytes = kept.get();
        if (bytes == null) {
            bytes = files.bytes(path);
            if (checksum(bytes) != checksum) {
                throw new BadData("Cannot use %s: it has changed since it was first read".formatted(files.name(path)));
            }
            kept = new SoftReference<>(bytes);
        }
        return bytes;
    }

    private static long checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
