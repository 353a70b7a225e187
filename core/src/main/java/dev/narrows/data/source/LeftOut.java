package dev.narrows.data.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Files of a source that no image comes from, for one reason.
 *
 * @param format of their names, such as {@code .txt}; empty for names without one
 * @param reason in words that follow "left out:"
 * @param files number of them
 * @param example the first of them
 */
public record LeftOut(String format, String reason, int files, String example) implements Serializable {
    /** A sentence with the number and an example: {@code 2 .txt files are left out: …, such as cat/notes.txt}. */
    public String sentence() {
        return "%,d %s%s left out: %s, such as %s"
                .formatted(
                        files,
                        format.isEmpty() ? "" : format + " ",
                        files == 1 ? "file is" : "files are",
                        reason,
                        example);
    }

    /** True where the format is that of images, so that somebody may miss them. */
    public boolean isImage() {
        return ImageFolder.isImage(format);
    }

    /** Files by format and reason, in the order in which they are found. */
    static final class Files {
        private record Cause(String format, String reason) {}

        private final Map<Cause, List<String>> files = new LinkedHashMap<>();

        /** @param path relative to the source */
        void add(String path, String reason) {
            files.computeIfAbsent(new Cause(format(path), reason), cause -> new ArrayList<>())
                    .add(path);
        }

        List<LeftOut> all() {
            return files.entrySet().stream()
                    .map(entry -> new LeftOut(
                            entry.getKey().format(),
                            entry.getKey().reason(),
                            entry.getValue().size(),
                            entry.getValue().get(0)))
                    .toList();
        }

        private static String format(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            return dot < 1 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        }
    }
}
