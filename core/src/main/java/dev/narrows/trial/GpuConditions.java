package dev.narrows.trial;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Conditions under which a GPU was measured, at their worst.
 *
 * @param clockMhz the lowest clock of its multiprocessors right after calls; null where it could not be read
 * @param disturbance other processes on it and reasons for lower clocks; empty where there were none, or none could
 *     be read
 */
public record GpuConditions(@Nullable Integer clockMhz, String disturbance) implements Serializable {
    /** The conditions as far as they are known; null where nothing is. */
    public static @Nullable GpuConditions known(@Nullable Integer clockMhz, String disturbance) {
        return clockMhz == null && disturbance.isEmpty() ? null : new GpuConditions(clockMhz, disturbance);
    }
}
