package dev.narrows.jobs.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Text of a lease: its holder in words for people, then one fact per line for other drivers.
 *
 * @param holder empty where it was given back
 * @param token of this one claim
 * @param machine identity shared by all processes that see each other; empty where that is unknown
 * @param process number of the holder's process there, and its start
 * @param renewed moment of the holder's last sign of life, by its own clock
 */
record LeaseText(String holder, String token, String machine, String process, Instant renewed) {
    private static final String RELEASED = "given back";

    /** A claim of this process. */
    static LeaseText mine(String token) {
        return new LeaseText(DriverLock.me(), token, thisMachine(), process(ProcessHandle.current()), Instant.now());
    }

    LeaseText renewedNow() {
        return new LeaseText(holder, token, machine, process, Instant.now());
    }

    LeaseText released() {
        return new LeaseText("", token, "", "", Instant.now());
    }

    boolean isReleased() {
        return holder.isEmpty();
    }

    /** True where the holder ran on this machine and has ended. */
    boolean isKnownDead() {
        return !machine.isEmpty()
                && machine.equals(thisMachine())
                && ProcessHandle.of(Long.parseLong(process.substring(0, process.indexOf(' '))))
                        .filter(ProcessHandle::isAlive)
                        .filter(alive -> process(alive).equals(process))
                        .isEmpty();
    }

    String text() {
        return "%s%ntoken=%s%nmachine=%s%nprocess=%s%nrenewed=%s%n"
                .formatted(isReleased() ? RELEASED : holder, token, machine, process, renewed);
    }

    /** Reads a lease; empty where the text is not a lease, or not yet a whole one. */
    static Optional<LeaseText> of(String text) {
        Map<String, String> facts = new HashMap<>();
        text.lines().skip(1).forEach(line -> {
            int sign = line.indexOf('=');
            if (sign > 0) {
                facts.put(line.substring(0, sign), line.substring(sign + 1));
            }
        });
        if (!facts.keySet().containsAll(java.util.List.of("token", "machine", "process", "renewed"))) {
            return Optional.empty();
        }
        String first = text.lines().findFirst().orElse("");
        return Optional.of(new LeaseText(
                first.equals(RELEASED) ? "" : first,
                facts.getOrDefault("token", ""),
                facts.getOrDefault("machine", ""),
                facts.getOrDefault("process", ""),
                Instant.parse(facts.getOrDefault("renewed", ""))));
    }

    private static String process(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** One start of one kernel and one space of process numbers in it: containers of a host have one each. */
    private static String thisMachine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            // Not Linux: then a dead driver is known by its silence only.
            return "";
        }
    }
}
