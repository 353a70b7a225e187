package dev.narrows.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The machine that this process runs on. */
final class Host {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Host() {}

    static String name() {
        return KNOWN.computeIfAbsent("host", key -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        });
    }

    /** The processor's model, or its architecture where the system does not tell. */
    static String processor() {
        return KNOWN.computeIfAbsent("processor", key -> field("model name", System.getProperty("os.arch")));
    }

    /** How this processor computes bf16. */
    static Bf16 bf16() {
        List<String> flags = Arrays.asList(field("flags", field("Features", "")).split(" "));
        return Bf16.of(field("vendor_id", ""), flags);
    }

    private static String field(String name, String otherwise) {
        try {
            return Files.readAllLines(CPUINFO).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
