package dev.narrows.gpu;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a GPU at one moment, or the worst of several moments; what the driver does not tell is null.
 *
 * @param clockMhz of its multiprocessors
 * @param throttleReasons bits of NVML, some of which are no harm
 * @param processes that have a context on it, this one among them
 */
public record GpuState(
        @Nullable Integer clockMhz,
        @Nullable Long throttleReasons,
        @Nullable Integer processes) implements Serializable {
    /** A GPU of which nothing is known. */
    public static final GpuState UNKNOWN = new GpuState(null, null, null);

    /** nvml.h: a reason to clock lower than load and settings ask for. Idling and a user's own settings are none. */
    private enum Throttle {
        POWER_CAP(0x4, "power cap"),
        HARDWARE_SLOWDOWN(0x8, "hardware slowdown"),
        SOFTWARE_THERMAL(0x20, "temperature"),
        HARDWARE_THERMAL(0x40, "temperature, by hardware"),
        POWER_BRAKE(0x80, "power brake");

        private final long bit;
        private final String word;

        Throttle(long bit, String word) {
            this.bit = bit;
            this.word = word;
        }
    }

    /** Reasons for which it is throttled, for a person; empty where there are none, or none are known. */
    public List<String> throttled() {
        long reasons = throttleReasons == null ? 0 : throttleReasons;
        List<String> words = new ArrayList<>();
        for (Throttle throttle : Throttle.values()) {
            if ((reasons & throttle.bit) != 0) {
                words.add(throttle.word);
            }
        }
        return words;
    }

    /** Processes beside this one that have a context on it; 0 where they are not known. */
    public int otherProcesses() {
        return processes == null ? 0 : Math.max(0, processes - 1);
    }

    /** Disturbances of measurements on it, for a person; empty where nothing does, or nothing is known. */
    public String disturbance() {
        List<String> parts = new ArrayList<>();
        if (otherProcesses() > 0) {
            parts.add("shared with %d other %s"
                    .formatted(otherProcesses(), otherProcesses() == 1 ? "process" : "processes"));
        }
        if (!throttled().isEmpty()) {
            parts.add("throttled (%s)".formatted(String.join(", ", throttled())));
        }
        return String.join("; ", parts);
    }

    /** The worse of two moments in each respect: the lower clock, the reasons of both, the more processes. */
    public GpuState worse(GpuState other) {
        return new GpuState(
                clockMhz == null || other.clockMhz == null
                        ? either(clockMhz, other.clockMhz)
                        : Integer.valueOf(Math.min(clockMhz, other.clockMhz)),
                throttleReasons == null || other.throttleReasons == null
                        ? either(throttleReasons, other.throttleReasons)
                        : Long.valueOf(throttleReasons | other.throttleReasons),
                processes == null || other.processes == null
                        ? either(processes, other.processes)
                        : Integer.valueOf(Math.max(processes, other.processes)));
    }

    private static <T> @Nullable T either(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }
}
