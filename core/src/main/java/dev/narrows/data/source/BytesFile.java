package dev.narrows.data.source;

import java.io.ByteArrayInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file in memory, for the contents of a jar. */
final class BytesFile implements InputFile {
    private final byte[] bytes;

    BytesFile(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long getLength() {
        return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(new Positioned(bytes));
    }

    private static final class Positioned extends ByteArrayInputStream {
        Positioned(byte[] bytes) {
            super(bytes);
        }

        synchronized int position() {
            return pos;
        }

        synchronized void position(int position) {
            pos = position;
        }
    }

    private static final class Stream extends DelegatingSeekableInputStream {
        private final Positioned stream;

        Stream(Positioned stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public long getPos() {
            return stream.position();
        }

        @Override
        public void seek(long position) {
            stream.position(Math.toIntExact(position));
        }
    }
}
