package dev.narrows.jobs.workstation;

import dev.narrows.study.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which {@code narrows gpu-natives} installs PyTorch for CUDA, as a Python environment. The note that
 * executors read is written last, so that it never names half an environment.
 *
 * @param environment the Python environment
 * @param note the file that says where the libraries lie
 */
public record NativesFolder(Path environment, Path note) {
    /** Of PyTorch and NVIDIA's libraries, as pip fetches them. */
    static final double DOWNLOAD_GB = 3.0;

    /** Of the same, unpacked. */
    static final double DISK_GB = 5.4;

    private static final double GB = 1e9;
    private static final int OLDEST_PYTHON = 9;
    private static final int NEWEST_PYTHON = 13;
    private static final String ASK_PYTHON = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])";

    /** The folder for a user's data: {@code XDG_DATA_HOME}, or where that usually is. */
    public static Path usual(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path folder = data.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return folder.resolve("narrows").resolve("gpu-natives");
    }

    /** The environment for this version of PyTorch in a folder. */
    public static NativesFolder of(Path folder, Path note) {
        return new NativesFolder(
                folder.resolve("torch-" + GpuNatives.VERSION).toAbsolutePath().normalize(), note);
    }

    /** True where the note names this environment, and its libraries are there. */
    public boolean isNoted() throws IOException {
        return Files.exists(note)
                && isWhole()
                && Files.readString(note).equals(text(GpuNatives.variables(packages(), libraries())));
    }

    /** @throws BadInput where this machine cannot have it */
    public void check(String python) throws IOException, InterruptedException {
        String platform = "%s-%s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (!platform.toLowerCase(Locale.ROOT).matches("linux-(amd64|x86_64)")) {
            throw new BadInput("Cannot install PyTorch %s for CUDA: PyPI has it for linux-x86_64, and this is %s"
                    .formatted(GpuNatives.VERSION, platform));
        }
        checkPython(python);
        double free = free();
        if (!isWhole() && free < DOWNLOAD_GB + DISK_GB) {
            throw new BadInput(("Cannot install PyTorch %s for CUDA into %s: it needs %.1f GB while it installs, and"
                            + " %.1f GB are free; name another place by --folder")
                    .formatted(GpuNatives.VERSION, environment, DOWNLOAD_GB + DISK_GB, free));
        }
    }

    private static void checkPython(String python) throws InterruptedException {
        String why;
        try {
            Process asked = new ProcessBuilder(python, "-c", ASK_PYTHON)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            String last = answer.substring(answer.lastIndexOf('\n') + 1);
            if (asked.waitFor() != 0) {
                why = "it has no venv (Debian: apt-get install python3-venv): " + last;
            } else if (!isFit(last)) {
                why = "it is version %s, and PyTorch %s is for 3.%d to 3.%d"
                        .formatted(last, GpuNatives.VERSION, OLDEST_PYTHON, NEWEST_PYTHON);
            } else {
                return;
            }
        } catch (IOException e) {
            why = "it cannot be started (Debian: apt-get install python3 python3-venv)";
        }
        throw new BadInput("Cannot install PyTorch %s for CUDA with %s: %s; name another by --python"
                .formatted(GpuNatives.VERSION, python, why));
    }

    private static boolean isFit(String version) {
        if (!version.matches("3\\.\\d{1,3}")) {
            return false;
        }
        int minor = Integer.parseInt(version.substring(2));
        return minor >= OLDEST_PYTHON && minor <= NEWEST_PYTHON;
    }

    /** Free space at the nearest folder that is there, in GB. */
    private double free() throws IOException {
        Path there = environment;
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent(), "no root");
        }
        return Files.getFileStore(there).getUsableSpace() / GB;
    }

    /** The sentence that says what {@link #install} does. */
    public String plan(String python) throws IOException {
        return isWhole()
                ? "Notes %s in %s".formatted(environment, note)
                : ("Installs PyTorch %s for CUDA by pip of %s into %s: about %.1f GB to download and %.1f GB"
                                + " on disk (%.0f GB are free); %s says where it lies")
                        .formatted(GpuNatives.VERSION, python, environment, DOWNLOAD_GB, DISK_GB, free(), note);
    }

    /**
     * Makes the environment where it is not whole, and notes it.
     *
     * @param progress callback for lines of pip
     */
    public void install(String python, Consumer<String> progress) throws IOException, InterruptedException {
        if (!isWhole()) {
            Workstation.delete(environment);
            Files.createDirectories(environment);
            run(progress, python, "-m", "venv", environment.toString());
            run(
                    progress,
                    environment.resolve("bin").resolve("python").toString(),
                    "-m",
                    "pip",
                    "install",
                    "--no-input",
                    "--disable-pip-version-check",
                    "--no-cache-dir",
                    "--only-binary",
                    ":all:",
                    "torch==" + GpuNatives.VERSION);
            if (!hasLibrary()) {
                throw failed("pip has installed torch==%s, and there is no %s in %s"
                        .formatted(GpuNatives.VERSION, GpuNatives.LIBRARY, environment));
            }
            Files.writeString(whole(), "");
        }
        Files.createDirectories(note.toAbsolutePath().getParent());
        Path part = note.resolveSibling(note.getFileName() + ".part");
        Files.writeString(part, text(GpuNatives.variables(packages(), libraries())));
        Files.move(part, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void run(Consumer<String> progress, String... command) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(environment.resolve("tmp"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // pip unpacks there, and a system's own folder for temporary files may be too small.
        builder.environment().put("TMPDIR", temporary.toString());
        Process process = builder.start();
        Thread atExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line.strip();
                if (last.startsWith("Downloading ") || last.startsWith("Installing ")) {
                    progress.accept(last);
                }
            }
        }
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(atExit);
        Workstation.delete(temporary);
        if (code != 0) {
            throw failed("%s ended with exit code %d: %s".formatted(String.join(" ", command), code, last));
        }
    }

    private static UncheckedIOException failed(String reason) {
        String message = "Cannot install PyTorch %s for CUDA: %s".formatted(GpuNatives.VERSION, reason);
        return new UncheckedIOException(message, new IOException(reason));
    }

    private Path whole() {
        return environment.resolve("whole");
    }

    private boolean isWhole() throws IOException {
        return Files.exists(whole()) && hasLibrary();
    }

    private boolean hasLibrary() throws IOException {
        Path found = packagesIfThere();
        return found != null && Files.exists(found.resolve("torch/lib").resolve(GpuNatives.LIBRARY));
    }

    private Path packages() throws IOException {
        return Objects.requireNonNull(packagesIfThere(), "no site-packages");
    }

    private @Nullable Path packagesIfThere() throws IOException {
        return folders(environment.resolve("lib")).stream()
                .map(python -> python.resolve("site-packages"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
    }

    /** The folders of PyTorch's and NVIDIA's libraries, for the system's loader. */
    private List<Path> libraries() throws IOException {
        List<Path> nvidia = folders(packages().resolve("nvidia")).stream()
                .map(library -> library.resolve("lib"))
                .filter(Files::isDirectory)
                .toList();
        return Stream.concat(
                        Stream.of(packages().resolve("torch/lib")),
                        // The one library of NVIDIA that pip puts beside the folder of the others.
                        Stream.concat(
                                nvidia.stream(),
                                Stream.of(packages().resolve("cusparselt/lib")).filter(Files::isDirectory)))
                .toList();
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String text(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                        .collect(Collectors.joining(
                                "", "# Written by narrows gpu-natives; read by executors of --gpus.\n", ""));
    }
}
