package dev.narrows.data.source;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes, which stay in memory while there is room and are read again where they did not: a folder of images
 * may be larger than the heap. A file that changes in between is another image, as one that changes before is.
 */
final class StoredFile implements Stored {
    private final SourceFiles files;
    private final String path;
    private volatile @Nullable SoftReference<byte[]> kept;

    /** Reads the file. */
    StoredFile(SourceFiles files, String path) {
        this.files = files;
        this.path = path;
        kept = new SoftReference<>(files.bytes(path));
    }

    @Override
    public byte[] bytes() {
        SoftReference<byte[]> last = kept;
        byte[] bytes = last == null ? null : last.get();
        if (bytes == null) {
            bytes = files.bytes(path);
            kept = new SoftReference<>(bytes);
        }
        return bytes;
    }
}
