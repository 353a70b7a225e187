package dev.narrows.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Processor of this machine, as Linux describes it.
 *
 * @param model its name, or its architecture where the system does not tell
 * @param vendor empty where the system does not tell
 * @param flags names of what it has beyond its architecture
 */
record Processor(String model, String vendor, Set<String> flags) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** Read once a process: with many cores the system takes a while to write the file. */
    private static final class Here {
        private static final Processor PROCESSOR = read();
    }

    Processor {
        flags = Set.copyOf(flags);
    }

    static Processor here() {
        return Here.PROCESSOR;
    }

    private static Processor read() {
        try {
            return of(Files.readAllLines(CPUINFO), System.getProperty("os.arch"));
        } catch (IOException e) {
            return of(List.of(), System.getProperty("os.arch"));
        }
    }

    /**
     * The first processor of {@code /proc/cpuinfo}.
     *
     * @param architecture the model's name where the lines have none
     */
    static Processor of(List<String> lines, String architecture) {
        // Arm's processors call their flags Features.
        String flags = field(lines, "flags", field(lines, "Features", ""));
        return new Processor(
                field(lines, "model name", architecture),
                field(lines, "vendor_id", ""),
                new HashSet<>(List.of(flags.split(" +"))));
    }

    private static String field(List<String> lines, String name, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(otherwise);
    }

    ProcessorKind kind() {
        return ProcessorKind.of(vendor, flags);
    }
}
