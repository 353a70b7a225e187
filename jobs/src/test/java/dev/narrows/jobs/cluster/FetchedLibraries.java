package dev.narrows.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Libraries that a project file names, fetched by Maven into a folder of this module's target, apart from its class
 * path.
 */
final class FetchedLibraries {
    private FetchedLibraries() {}

    /** Once for each text of the project file; skips the test that asks where Maven cannot have them. */
    static synchronized Path of(Path project, String name) throws IOException, InterruptedException {
        Path folder = Path.of("target", name).toAbsolutePath();
        Path whole = folder.resolve("fetched-by.xml");
        String text = Files.readString(project);
        if (Files.exists(whole) && Files.readString(whole).equals(text)) {
            return folder;
        }
        Files.createDirectories(folder);
        try (Stream<Path> earlier = Files.list(folder)) {
            for (Path jar : earlier.toList()) {
                Files.delete(jar);
            }
        }
        Path log = folder.resolve("maven.log");
        Process maven;
        try {
            maven = new ProcessBuilder(
                            "mvn",
                            "-B",
                            "-ntp",
                            "-q",
                            "-f",
                            project.toAbsolutePath().toString(),
                            "dependency:copy-dependencies",
                            "-DoutputDirectory=" + folder)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            Assumptions.abort("Skipped: there is no mvn to fetch what %s names".formatted(project));
            throw e;
        }
        boolean fetched = maven.waitFor(10, TimeUnit.MINUTES) && maven.exitValue() == 0;
        maven.destroyForcibly();
        String said = Files.readString(log).lines().findFirst().orElse("");
        Assumptions.assumeTrue(fetched, "Skipped: Maven cannot fetch what %s names: %s".formatted(project, said));
        Files.writeString(whole, text);
        return folder;
    }
}
