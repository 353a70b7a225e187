package dev.narrows.jobs.workstation;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A folder that Spark takes for its installation, made of this process's own class path: {@code jars} holds one jar,
 * whose manifest names everything else in its order. Jars stand behind links, so that the manifest of one finds nothing
 * beside it: what is left out stays out.
 */
record SparkHome(Path folder) {
    /**
     * Makes it.
     *
     * @param wanted false for the file names of jars to leave out
     */
    static SparkHome of(Path folder, Predicate<String> wanted) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        Path links = Files.createDirectories(folder.resolve("links"));
        StringBuilder addresses = new StringBuilder();
        int number = 0;
        for (Path entry : classPath()) {
            if (Files.isDirectory(entry)) {
                addresses.append(entry.toUri()).append(' ');
            } else if (wanted.test(String.valueOf(entry.getFileName()))) {
                Path link = links.resolve("%03d-%s".formatted(number++, entry.getFileName()));
                link(link, entry);
                addresses.append(link.toUri()).append(' ');
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, addresses.toString().strip());
        try (OutputStream out = Files.newOutputStream(jars.resolve("class-path.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return new SparkHome(folder);
    }

    private static void link(Path link, Path jar) throws IOException {
        try {
            Files.createSymbolicLink(link, jar);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // A file system without links.
            Files.copy(jar, link);
        }
    }

    /** The class path for a process of this cluster. */
    String jars() {
        return folder.resolve("jars") + File.separator + "*";
    }

    /** The entries of this process's class path, each followed by what its manifest names. */
    static List<Path> classPath() throws IOException {
        Set<Path> entries = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            add(Path.of(entry).toAbsolutePath().normalize(), entries);
        }
        return List.copyOf(entries);
    }

    private static void add(Path entry, Set<Path> entries) throws IOException {
        if (!Files.exists(entry) || !entries.add(entry) || !entry.toString().endsWith(".jar")) {
            return;
        }
        for (String address : addresses(entry)) {
            URI target = entry.toUri().resolve(address);
            if ("file".equals(target.getScheme())) {
                add(Path.of(target).normalize(), entries);
            }
        }
    }

    private static String[] addresses(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String named =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return named == null || named.isBlank()
                    ? new String[0]
                    : named.strip().split("\\s+");
        }
    }
}
