package dev.narrows.study.reading;

import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Study files of one test each; messages tell them as {@code x.conf}. */
public final class StudyFiles {
    /** The least that a study must say, on one line, so that what is added to it begins in line 2. */
    public static final String LEAST =
            "study = x, input { shape = [1, 28, 28], classes = 10 }, grid = [ { family = residual } ]\n";

    private StudyFiles() {}

    /** Reads a text as if it stood in a file. */
    public static Study read(Path folder, String text, String... overrides) {
        return StudyReader.read(write(folder, text), List.of(overrides));
    }

    /** The least study with one grid, whose object begins in line 2. */
    public static Study grid(Path folder, String entry) {
        return read(folder, gridText(entry));
    }

    static String gridText(String entry) {
        return "study = x, input { shape = [1, 28, 28], classes = 10 }, grid = [\n" + entry + "\n]\n";
    }

    /** The problems of a text, without the folder. */
    static List<String> problems(Path folder, String text, String... overrides) {
        Path file = write(folder, text);
        try {
            StudyReader.read(file, List.of(overrides));
            return List.of();
        } catch (BadInput e) {
            return e.problems().stream()
                    .map(line -> line.replace(folder + "/", ""))
                    .toList();
        }
    }

    public static Path write(Path folder, String text) {
        try {
            return Files.writeString(folder.resolve("x.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
