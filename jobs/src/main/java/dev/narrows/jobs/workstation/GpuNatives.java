package dev.narrows.jobs.workstation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * PyTorch's native library for CUDA, as executors find it: in variables of the environment that are set already, in a
 * jar of the class path, or in the note that {@code narrows gpu-natives} has written.
 *
 * @param environment variables that executors need besides those of this process
 * @param replacesProcessors true where the library for processors must not be on their class path, because it would win
 * @param problem the reason where there is none, else empty
 */
public record GpuNatives(Map<String, String> environment, boolean replacesProcessors, String problem) {
    /** The version of PyTorch that this build was made for; a test holds it to the build's. */
    public static final String VERSION = "2.7.1";

    /** CUDA as DJL names the library that goes with {@link #VERSION}. */
    public static final String FLAVOR = "cu128";

    static final String FOLDER = "PYTORCH_LIBRARY_PATH";
    static final String LIBRARY = "libtorch_cuda.so";

    private static final String LOADER = "LD_LIBRARY_PATH";
    private static final String NOTE = "NARROWS_GPU_NATIVES";
    private static final String COMPUTES_ON = "narrows.gpu.computes-on";
    private static final String JAR = "pytorch-native-cu\\d.*\\.jar";

    public GpuNatives {
        environment = Map.copyOf(environment);
    }

    /** True where a test declares addresses whose trials compute on the processor. */
    public static boolean arePretended() {
        return System.getProperty(COMPUTES_ON, "").equals("cpu");
    }

    /** The option that makes another Java pretend likewise; empty where this one does not. */
    public static List<String> pretence() {
        return arePretended() ? List.of("-D" + COMPUTES_ON + "=cpu") : List.of();
    }

    static GpuNatives find(Map<String, String> environment) {
        if (arePretended()) {
            return new GpuNatives(Map.of(), false, "");
        }
        String given = Objects.requireNonNullElse(
                environment.get(FOLDER), System.getProperty("spark.executorEnv." + FOLDER, ""));
        if (!given.isBlank()) {
            return checked(Path.of(given), Map.of(), "%s=%s".formatted(FOLDER, given));
        }
        if (onClassPath()) {
            return new GpuNatives(Map.of(), true, "");
        }
        Path note = note(environment);
        if (!Files.exists(note)) {
            return none("PyTorch's library for CUDA is not installed; bin/narrows gpu-natives installs it, once");
        }
        try {
            Map<String, String> read = read(note);
            return checked(
                    Path.of(read.getOrDefault(FOLDER, "")),
                    joined(read, environment.getOrDefault(LOADER, "")),
                    note.toString());
        } catch (IOException e) {
            return none("Cannot read %s: %s".formatted(note, e.getMessage()));
        }
    }

    private static boolean onClassPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .map(entry -> new File(entry).getName())
                .anyMatch(name -> name.matches(JAR));
    }

    private static GpuNatives checked(Path folder, Map<String, String> environment, String source) {
        return Files.exists(folder.resolve(LIBRARY))
                ? new GpuNatives(environment, true, "")
                : none("there is no %s in %s, which %s names; bin/narrows gpu-natives installs it"
                        .formatted(LIBRARY, folder, source.startsWith(FOLDER) ? FOLDER : source));
    }

    private static GpuNatives none(String problem) {
        return new GpuNatives(Map.of(), true, problem);
    }

    /** The file that says where the library lies. */
    public static Path note(Map<String, String> environment) {
        String named = environment.getOrDefault(NOTE, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = config.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(config);
        return folder.resolve("narrows").resolve("gpu-natives");
    }

    /** The variables of a library in Python's packages, as a note holds them. */
    public static Map<String, String> variables(Path sitePackages, List<Path> libraries) {
        Map<String, String> variables = new TreeMap<>();
        variables.put(FOLDER, sitePackages.resolve("torch/lib").toString());
        variables.put("PYTORCH_VERSION", VERSION);
        variables.put("PYTORCH_FLAVOR", FLAVOR);
        variables.put(
                LOADER,
                String.join(
                        File.pathSeparator,
                        libraries.stream().map(Path::toString).toList()));
        return variables;
    }

    private static Map<String, String> read(Path note) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        for (String line : Files.readAllLines(note)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables;
    }

    /** The note's folders of libraries come first. */
    private static Map<String, String> joined(Map<String, String> variables, String before) {
        Map<String, String> joined = new TreeMap<>(variables);
        if (!before.isBlank()) {
            joined.merge(LOADER, before, (ours, theirs) -> ours + File.pathSeparator + theirs);
        }
        return joined;
    }
}
