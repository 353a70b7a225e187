package dev.narrows.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The memory of this process and what the system lets it have, as Linux tells; elsewhere it is unknown. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path CGROUPS = Path.of("/proc/self/cgroup");
    private static final long KIB = 1024;

    private ProcessMemory() {}

    /** glibc's malloc.h: what its heap holds, in bytes; {@code fordblks} is free and waits to be used again. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static class Heap extends Structure implements Structure.ByValue {
        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        public long uordblks;
        public long fordblks;
        public long keepcost;
    }

    /** Bytes in physical memory now, also those that trials have given back and libc keeps for the next. */
    static OptionalLong resident() {
        return kibibytes(STATUS, "VmRSS:");
    }

    /**
     * Bytes in physical memory that something needs: without those that libc keeps for the next trial. Empty where
     * either is unknown.
     */
    static OptionalLong used() {
        OptionalLong resident = resident();
        OptionalLong kept = kept();
        return resident.isEmpty() || kept.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, resident.getAsLong() - kept.getAsLong()));
    }

    /**
     * Bytes that a trial could have now without another process being ended for it: what the machine has left, and what
     * libc keeps here. Empty where either is unknown.
     */
    static OptionalLong free() {
        OptionalLong left = kibibytes(MEMINFO, "MemAvailable:");
        OptionalLong kept = kept();
        return left.isEmpty() || kept.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        left.getAsLong() + kibibytes(MEMINFO, "SwapFree:").orElse(0) + kept.getAsLong());
    }

    /** Bytes that trials have given back and libc keeps for the next. */
    private static OptionalLong kept() {
        try {
            Function mallinfo2 = NativeLibrary.getInstance("c").getFunction("mallinfo2");
            Heap heap = (Heap) mallinfo2.invoke(Heap.class, new Object[0]);
            return OptionalLong.of(heap.fordblks);
        } catch (UnsatisfiedLinkError e) {
            // A libc that does not tell (glibc before 2.33, musl).
            return OptionalLong.empty();
        }
    }

    /** The most bytes in physical memory since {@link #startPeak}; empty where unknown. */
    static OptionalLong peak() {
        return kibibytes(STATUS, "VmHWM:");
    }

    /**
     * Gives back what libc keeps of earlier trials, and lets the peak begin anew at what is left.
     *
     * @return true if the system does so
     */
    static boolean startPeak() {
        try {
            NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] {0L});
            // proc(5): 5 sets the peak to what is resident now.
            Files.writeString(CLEAR, "5");
            return true;
        } catch (IOException | UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** The least of the machine's memory and the limits of the control groups that this process is in. */
    static OptionalLong limit() {
        List<Long> limits = new ArrayList<>();
        kibibytes(MEMINFO, "MemTotal:").ifPresent(limits::add);
        for (Path file : groupFiles()) {
            number(file).ifPresent(limits::add);
        }
        return limits.stream().mapToLong(Long::longValue).min();
    }

    /**
     * Files in which the limit of a group may stand: of version 2, of version 1, and each as a container sees its own.
     * A limit of a group around the process's own counts too, as of a job of Slurm or a slice of systemd.
     */
    private static List<Path> groupFiles() {
        List<Path> files = new ArrayList<>(
                List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes")));
        for (String line : lines(CGROUPS)) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                files.addAll(upwards("/sys/fs/cgroup", parts[2], "memory.max"));
            } else if (parts.length == 3 && parts[1].equals("memory")) {
                files.addAll(upwards("/sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes"));
            }
        }
        return files;
    }

    /** A file of a group and of all groups around it. */
    static List<Path> upwards(String root, String group, String file) {
        List<Path> files = new ArrayList<>();
        for (Path place = Path.of(root + group); place != null && place.startsWith(root); place = place.getParent()) {
            files.add(place.resolve(file));
        }
        return files;
    }

    private static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        // "max" where there is no limit.
        return lines.size() == 1 && lines.get(0).matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(lines.get(0)))
                : OptionalLong.empty();
    }

    private static OptionalLong kibibytes(Path file, String field) {
        return lines(file).stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(digits -> Long.parseLong(digits) * KIB)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
