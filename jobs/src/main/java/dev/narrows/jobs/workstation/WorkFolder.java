package dev.narrows.jobs.workstation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which a worker gives each executor one of its own, {@code application/executor}, with its output. */
record WorkFolder(Path path) {
    /** Files in which an executor may have left its last words, the likeliest first. */
    private static final List<String> OUTPUTS = List.of("stderr", Workstation.EXECUTOR_LOG, "stdout");

    private static final String NEXT_LINE_OF_A_TRACE = "^(\\s|\\.\\.\\. \\d+ more).*";
    private static final String HEAD_OF_STDERR = "^(Spark Executor Command: |=+$|WARNING: ).*";
    private static final int MOST_LINES = 200;

    static WorkFolder of(Path workstation) {
        return new WorkFolder(workstation.resolve("work"));
    }

    /** The last line that an executor wrote, without the lines of a stack trace; empty where it wrote nothing. */
    Optional<String> lastWords(String executor) throws IOException {
        for (Path folder : executors()) {
            for (String output : OUTPUTS) {
                Optional<String> last = folder.endsWith(executor)
                        ? lines(folder.resolve(output)).stream()
                                .filter(line -> !line.matches(NEXT_LINE_OF_A_TRACE))
                                .reduce((one, later) -> later)
                        : Optional.empty();
                if (last.isPresent()) {
                    return last;
                }
            }
        }
        return Optional.empty();
    }

    /** The last part of all that the executors wrote, each line with the executor's number. */
    List<String> output() throws IOException {
        return executors().stream()
                .flatMap(folder -> OUTPUTS.stream().flatMap(output -> {
                    List<String> lines = lines(folder.resolve(output));
                    return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).stream()
                            .map(line -> "executor %s: %s".formatted(folder.getFileName(), line));
                }))
                .toList();
    }

    private List<Path> executors() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.find(path, 2, (found, kind) -> kind.isDirectory())) {
            return folders.filter(folder -> path.relativize(folder).getNameCount() == 2)
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                            .filter(line -> !line.isBlank() && !line.matches(HEAD_OF_STDERR))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
