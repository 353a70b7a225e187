package dev.narrows.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a study file. */
public final class StudyReader {
    private StudyReader() {}

    /**
     * The study that a file describes.
     *
     * @param overrides each {@code key=value}, which go before what the file says
     * @throws BadInput with every problem of the file
     */
    public static Study read(Path file, List<String> overrides) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("%s: Cannot read the study: there is no such file".formatted(file));
        }
        throw new BadInput("%s: Cannot read it with %s: not yet".formatted(file, overrides));
    }
}
