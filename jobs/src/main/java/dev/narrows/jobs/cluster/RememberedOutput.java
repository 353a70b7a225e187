package dev.narrows.jobs.cluster;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An output that remembers why it could not be written, which a writer around it keeps to itself. */
final class RememberedOutput extends FilterOutputStream {
    private @Nullable IOException first;

    RememberedOutput(OutputStream out) {
        super(out);
    }

    /** The first reason; none where only the reader has gone, as {@code head} does, which has all that it wanted. */
    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(first)
                .filter(e ->
                        !String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe"));
    }

    @Override
    public synchronized void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            first = first == null ? e : first;
            throw e;
        }
    }
}
