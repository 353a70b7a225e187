package dev.narrows.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Libraries that this process has loaded. A version is asked only of these: another copy on the same host would give
 * another answer than the one that computes.
 */
final class LoadedLibraries {
    private static final Path MAPS = Path.of("/proc/self/maps");

    private LoadedLibraries() {}

    /**
     * A loaded library, such as {@code libc10_cuda}, whichever its version. It also gives functions of the libraries
     * that it depends on.
     */
    static Optional<NativeCalls> find(String name) {
        return path(lines(), name).flatMap(NativeCalls::of);
    }

    /**
     * Path of a library in the lines of {@code /proc/self/maps}.
     *
     * @param name without its suffix; a checksum between the two, as in PyTorch's zip files, does not matter
     */
    static Optional<String> path(List<String> maps, String name) {
        Pattern file = Pattern.compile(".*/" + Pattern.quote(name) + "(-[0-9a-f.]+)?\\.so[.0-9]*");
        return maps.stream()
                .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
                .filter(path -> file.matcher(path).matches())
                .findFirst();
    }

    private static List<String> lines() {
        try {
            return Files.isReadable(MAPS) ? Files.readAllLines(MAPS) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
