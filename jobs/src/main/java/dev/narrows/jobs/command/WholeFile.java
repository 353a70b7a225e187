package dev.narrows.jobs.command;

import dev.narrows.files.Reason;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writer of a file that a person asks for: afterwards it is complete, or as it was before. */
public final class WholeFile {
    private WholeFile() {}

    /** @throws BadInput where it cannot be written */
    public static void write(Path target, String text) {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws BadInput where it cannot be written */
    static void write(Path target, byte[] content) {
        if (target.toString().isBlank()) {
            throw new BadInput("Cannot write the file '%s': it has no name".formatted(target));
        }
        try {
            boolean there = Files.exists(target);
            if (there && !Files.isRegularFile(target)) {
                // A device such as /dev/stdout is written directly; a folder refuses with its own message.
                Files.write(target, content);
            } else {
                replace(there ? target.toRealPath() : target, content);
            }
        } catch (IOException e) {
            throw new BadInput("Cannot write %s: %s".formatted(target, Reason.of(e)));
        }
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path made = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            Files.write(made, content);
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
