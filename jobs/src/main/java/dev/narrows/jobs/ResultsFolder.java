package dev.narrows.jobs;

import dev.narrows.jobs.fanout.StartedMarks;
import dev.narrows.jobs.fanout.Suspects;
import dev.narrows.results.Journal;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The folder that a study's results lie in: the public tables and {@code study.conf}, and beside them, under names that
 * readers of Parquet skip, what only Narrows reads.
 */
record ResultsFolder(Path path) {
    /** Names the study that the folder belongs to. */
    private static final String OWNER = "_study";

    private static final String TRIALS = "_trials";

    /** What a person opens. */
    static final String REPORT = "report.html";

    /** The journal of ended trials. */
    Journal journal() {
        return Journal.open(path.toUri().toString(), new Configuration());
    }

    StartedMarks marks() {
        return new StartedMarks(path.resolve("_running"));
    }

    Suspects suspects() {
        return new Suspects(path.resolve("_suspects"));
    }

    boolean isThere() {
        return Files.isRegularFile(path.resolve(OWNER));
    }

    /** The study that it belongs to. */
    Optional<String> owner() {
        return isThere() ? Optional.of(read(OWNER).strip()) : Optional.empty();
    }

    /**
     * Takes the folder for a study, alone: no other driver writes here until this one closes it or dies.
     *
     * @throws BadInput where it cannot be written, belongs to another study, or has a driver already
     */
    DriverLock claim(String study) {
        try {
            Files.createDirectories(path);
            Optional<String> owner = owner();
            if (owner.isPresent() && !owner.get().equals(study)) {
                throw new BadInput(
                        "Cannot write the results of study %s into %s: they hold study %s; give another --output"
                                .formatted(study, path, owner.get()));
            }
            if (owner.isEmpty() && holdsSomething()) {
                throw new BadInput("Cannot write the results of study %s into %s: it holds files that are no study's"
                        .formatted(study, path));
            }
            DriverLock lock = DriverLock.of(path, study);
            write(OWNER, study + "\n");
            sweep(path);
            sweep(path.resolve("_journal"));
            return lock;
        } catch (IOException e) {
            throw new BadInput("Cannot write results into %s: %s".formatted(path, reason(e)));
        }
    }

    private boolean holdsSomething() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.anyMatch(file -> !file.getFileName().toString().equals(DriverLock.FILE));
        }
    }

    /** Takes away what a driver that died was writing: files under the names that they have before they are whole. */
    private static void sweep(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (file.getFileName().toString().matches("\\..*\\.parquet\\..*")) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    /** Keeps the ids of the trials that the study has now, which say to {@code status} how far it is. */
    void keepTrials(List<String> ids) {
        replace(TRIALS, String.join("\n", ids) + "\n");
    }

    /** The ids of the trials that the study had when it last ran. */
    List<String> trials() {
        return Files.exists(path.resolve(TRIALS)) ? read(TRIALS).lines().toList() : List.of();
    }

    /** Keeps the study as it was resolved. */
    void keepStudy(String resolved) {
        replace("study.conf", resolved.endsWith("\n") ? resolved : resolved + "\n");
    }

    /** Keeps the report, in the place of an earlier one. */
    void keepReport(String html) {
        replace(REPORT, html);
    }

    private String read(String name) {
        try {
            return Files.readString(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(path.resolve(name), reason(e)), e);
        }
    }

    private void replace(String name, String text) {
        try {
            write(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(path.resolve(name), reason(e)), e);
        }
    }

    /** Whole or not at all. */
    private void write(String name, String text) throws IOException {
        Path made = path.resolve("." + name + ".new");
        Files.writeString(made, text);
        Files.move(made, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is wrong in words; these exceptions mostly say a path alone. */
    private static String reason(IOException e) {
        return switch (e.getClass().getSimpleName()) {
            case "AccessDeniedException" -> "permission denied";
            case "FileAlreadyExistsException" -> "there is a file of that name";
            case "NotDirectoryException" -> "it is not a folder";
            default -> e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : String.valueOf(e);
        };
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
