package dev.narrows.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python with exactly what a file of pinned requirements of this repository names, made once by {@code
 * bin/python-environment} under this module's target folder.
 *
 * <pre>{@code
 * PythonEnvironment python = PythonEnvironment.of("notebooks/requirements.txt");
 * PythonEnvironment.Run run = python.run(Path.of("script.py"), Duration.ofMinutes(2), folder);
 * assertThat(run.exitCode()).as(run.err()).isZero();
 * }</pre>
 */
public final class PythonEnvironment {
    /** The repository, as this module's tests see it. */
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Path FOLDER = Path.of("target/python").toAbsolutePath();

    /** Installing takes under a minute on a quiet machine. */
    private static final Duration INSTALLING = Duration.ofMinutes(10);

    private final Path python;

    private PythonEnvironment(Path python) {
        this.python = python;
    }

    /** Output and exit code of a script. */
    public record Run(int exitCode, String out, String err) {}

    /**
     * The environment of a file of requirements, made where it is not there yet. The test that asks is skipped, with
     * the reason, where there is no Python 3.11 or later or packages cannot be fetched.
     *
     * @param requirements from the root of the repository, such as {@code notebooks/requirements.txt}
     */
    public static PythonEnvironment of(String requirements) throws IOException, InterruptedException {
        Assumptions.assumeTrue(onPath("python3"), "Skipped: there is no python3, and this needs Python 3.11 or later");
        Path maker = REPOSITORY.resolve("bin/python-environment");
        Run run = call(
                List.of(maker.toString(), REPOSITORY.resolve(requirements).toString(), FOLDER.toString()),
                INSTALLING,
                Map.of());
        Assumptions.assumeFalse(run.exitCode() == 3, "Skipped: " + run.err());
        if (run.exitCode() != 0) {
            throw new AssertionError(run.err());
        }
        return new PythonEnvironment(Path.of(run.out().strip()));
    }

    /** The path of its Python, whose folder has the commands that its packages bring. */
    public Path python() {
        return python;
    }

    /** Runs a script with arguments and waits for its end. */
    public Run run(Path script, Duration limit, Object... args) throws IOException, InterruptedException {
        return run(script, limit, Map.of(), args);
    }

    /** Runs a script with more environment variables and waits for its end. */
    public Run run(Path script, Duration limit, Map<String, String> environment, Object... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return call(command, limit, environment);
    }

    private static boolean onPath(String tool) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }

    private static Run call(List<String> command, Duration limit, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("narrows-python", ".out");
        Path err = Files.createTempFile("narrows-python", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            // What runs Maven may itself stand in an environment, whose packages are not ours.
            List.of("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV").forEach(builder.environment()::remove);
            Process process = builder.start();
            try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("After " + limit + " still running: " + command + "\n" + text(err));
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Run(process.exitValue(), text(out), text(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
