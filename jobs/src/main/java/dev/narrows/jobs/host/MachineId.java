package dev.narrows.jobs.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine of this process, the same for all of its containers, which Spark takes for hosts of their own: the
 * identifier that Linux draws when it boots. Where a folder to agree by is named, processes that name another one are
 * of another host, as the user says with it.
 */
public final class MachineId {
    private static final Logger LOG = LoggerFactory.getLogger(MachineId.class);

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private MachineId() {}

    /**
     * The identifier.
     *
     * @param name of this host, which has to do where its system draws none
     */
    public static String here(String name) {
        return boot(name) + HostFolder.named().map(MachineId::key).orElse("");
    }

    private static String boot(String name) {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            LOG.debug("This system draws no identifier at boot: {}", e.toString());
            return name;
        }
    }

    /** Another path to the same folder, as containers have, has the same key. */
    static String key(Path folder) {
        try {
            Object key = Files.readAttributes(HostFolder.made(folder).path(), BasicFileAttributes.class)
                    .fileKey();
            return " " + (key == null ? folder : key);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
            return "";
        }
    }
}
