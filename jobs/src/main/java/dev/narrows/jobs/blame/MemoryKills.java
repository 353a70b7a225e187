package dev.narrows.jobs.blame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts processes that Linux killed for lack of memory. Signal 9 alone does not tell that from a kill by hand. */
final class MemoryKills {
    private static final List<Path> COUNTERS =
            List.of(Path.of("/sys/fs/cgroup/memory.events"), Path.of("/proc/vmstat"));

    private MemoryKills() {}

    /** The sum of the counters that this system has, of the container and of the whole machine. */
    static long soFar() {
        long kills = 0;
        for (Path counter : COUNTERS) {
            kills += read(counter);
        }
        return kills;
    }

    private static long read(Path counter) {
        try {
            for (String line : Files.readAllLines(counter)) {
                if (line.startsWith("oom_kill ")) {
                    return Long.parseLong(line.substring("oom_kill ".length()));
                }
            }
            return 0;
        } catch (IOException e) {
            // Not this kind of system: then it counts nothing.
            return 0;
        }
    }
}
