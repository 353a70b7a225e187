package dev.narrows.jobs.workstation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkException;
import org.apache.spark.resource.ResourceInformation;

/**
 * Finds the GPUs of this machine by a script that prints them as Spark reads them: the one that clusters use too, or
 * another that {@code NARROWS_GPU_DISCOVERY} names.
 */
public final class GpuDiscovery {
    private static final String VARIABLE = "NARROWS_GPU_DISCOVERY";
    private static final String PROPERTY = "narrows.gpu.discovery";
    private static final String SCRIPT = "nvidia-gpus.sh";

    /** Exists where a driver of NVIDIA is loaded. */
    private static final Path DRIVER = Path.of("/dev/nvidiactl");

    private static final long PATIENCE_SECONDS = 60;

    private GpuDiscovery() {}

    /** True where a search is worth its second: a driver is loaded, or a script was named. */
    public static boolean isPromising() {
        return Files.exists(DRIVER) || !named().isEmpty();
    }

    /** The GPUs of this machine, or the reason why there are none. */
    public static FoundGpus find() {
        String named = named();
        try {
            if (!named.isEmpty()) {
                return run(named, Path.of(named).toAbsolutePath().toString());
            }
            Path script = Files.createTempFile("narrows-gpus", ".sh");
            try {
                Files.write(script, ours());
                return run(SCRIPT, "/bin/sh", script.toString());
            } finally {
                Files.delete(script);
            }
        } catch (IOException e) {
            return FoundGpus.none("Cannot run %s: %s".formatted(named.isEmpty() ? SCRIPT : named, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FoundGpus.none("the search was interrupted");
        }
    }

    /** The script of the user; empty for ours. */
    private static String named() {
        String property = System.getProperty(PROPERTY, "");
        String variable = Objects.requireNonNullElse(System.getenv(VARIABLE), "");
        return property.isBlank() ? variable.strip() : property.strip();
    }

    private static FoundGpus run(String name, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("narrows-gpus", ".out");
        Path err = Files.createTempFile("narrows-gpus", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return FoundGpus.none("%s gave no answer within %d s".formatted(name, PATIENCE_SECONDS));
            }
            List<String> words = Files.readString(err)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (process.exitValue() != 0) {
                return FoundGpus.none(
                        words.isEmpty()
                                ? "%s ended with exit code %d".formatted(name, process.exitValue())
                                : words.get(words.size() - 1));
            }
            return found(name, Files.readString(out), words);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static FoundGpus found(String name, String json, List<String> words) {
        List<String> addresses;
        try {
            addresses = List.of(ResourceInformation.parseJson(json).addresses());
        } catch (Exception e) {
            if (e instanceof RuntimeException || e instanceof SparkException) {
                return FoundGpus.none("%s must print {\"name\": \"gpu\", \"addresses\": [\"0\"]}, and printed '%s'"
                        .formatted(name, json.strip()));
            }
            throw new IllegalStateException(e);
        }
        return addresses.isEmpty()
                ? FoundGpus.none("%s found no GPU".formatted(name))
                : new FoundGpus(addresses, words, "");
    }

    private static byte[] ours() {
        try (InputStream in =
                Objects.requireNonNull(GpuDiscovery.class.getResourceAsStream(SCRIPT), "the jar lacks " + SCRIPT)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
