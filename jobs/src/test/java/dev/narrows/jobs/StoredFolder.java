package dev.narrows.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Results folders that the version before folders named their format has left, kept as resources: its reports, logs and
 * locks are left out. All trials are in fp32, so their ids are the same on every machine.
 */
public enum StoredFolder {
    /** Two families and a rejected variant, two seeds each, on labels; latency of both runtimes at two batch sizes. */
    LABELS,
    /** A U-Net on masks, two seeds. */
    MASKS,
    /** 303 seeds of one network, all of them in one file of the journal. */
    COMPACTED,
    /** Five seeds of one network, whose driver was killed after two: no tables yet. */
    INTERRUPTED;

    /** Puts a copy of it where a test may change it. */
    public Path into(Path parent) throws IOException {
        String name = name().toLowerCase(java.util.Locale.ROOT);
        Path folder = Files.createDirectory(parent.resolve(name));
        String resource = "/dev/narrows/jobs/folder/version-1/" + name + ".zip";
        try (InputStream stream = Objects.requireNonNull(getClass().getResourceAsStream(resource), resource);
                ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return folder;
    }
}
