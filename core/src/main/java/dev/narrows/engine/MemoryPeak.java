package dev.narrows.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The highest resident memory of the process while a trial ran, if none ran beside it even for a moment. */
final class MemoryPeak implements AutoCloseable {
    private static final List<MemoryPeak> OPEN = new ArrayList<>();

    private boolean known;

    private MemoryPeak() {}

    /** From now on, until it is closed. */
    static MemoryPeak start() {
        MemoryPeak peak = new MemoryPeak();
        synchronized (OPEN) {
            peak.known = OPEN.isEmpty() && ProcessMemory.startPeak();
            OPEN.forEach(other -> other.known = false);
            OPEN.add(peak);
        }
        return peak;
    }

    /** Bytes so far; null where another trial ran meanwhile, or the system does not tell. */
    @Nullable
    Long bytes() {
        synchronized (OPEN) {
            var peak = ProcessMemory.peak();
            return known && peak.isPresent() ? peak.getAsLong() : null;
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            OPEN.remove(this);
        }
    }
}
