package dev.narrows.study.reading;

import dev.narrows.study.BadInput;
import dev.narrows.study.Origin;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds keys that one object of a HOCON text sets twice. HOCON merges two objects and drops the earlier of two lists
 * without a word, so that a second {@code grid} would make the first one vanish; it merges two objects side by side on
 * a line, too.
 *
 * <p>It reads no more than the text's braces, strings and comments, which Typesafe Config has read without complaint
 * before. A key whose value refers to itself ({@code seeds = ${seeds} [2]}, or {@code ${?seeds}}) or that is appended
 * to ({@code +=}) means to add, and is let be.
 */
final class DuplicateKeys {
    private final String file;
    private final String text;
    private final Problems problems;
    private int at;
    private int line = 1;

    private DuplicateKeys(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    static void find(Path file, Problems problems) {
        try {
            new DuplicateKeys(file.toString(), Files.readString(file), problems).object("");
        } catch (CharacterCodingException e) {
            throw new BadInput("%s: Cannot read the study: it is not UTF-8 text".formatted(file));
        } catch (IOException e) {
            throw new BadInput("%s: Cannot read the study: %s".formatted(file, e.getMessage()));
        }
    }

    /**
     * Reads the fields of an object up to its closing brace or the end.
     *
     * @param prefix the object's path, with a dot at its end; empty for the whole
     */
    private void object(String prefix) {
        Map<String, Integer> seen = new HashMap<>();
        skipBlanks();
        while (!ended() && peek() != '}') {
            int start = line;
            int from = at;
            String key = key();
            boolean appends = peekIs('+');
            if (appends) {
                next();
            }
            if (peekIs('=') || peekIs(':')) {
                next();
                skipBlanks();
            }
            int begin = at;
            String path = prefix + key;
            value(path);
            String value = text.substring(begin, at);
            boolean adds = appends || value.contains("${" + path + "}") || value.contains("${?" + path + "}");
            if (!key.isEmpty() && !key.startsWith("include ") && !adds) {
                Integer before = seen.putIfAbsent(key, start);
                if (before != null) {
                    problems.add(
                            new Origin(file, start),
                            ("Cannot take %s twice: line %d has it already, and HOCON would merge the two"
                                            + " or drop the first")
                                    .formatted(key, before));
                }
            }
            skipBlanks();
            if (at == from) {
                next();
            }
        }
    }

    /** The key up to its sign, without quotes. */
    private String key() {
        int begin = at;
        while (!ended() && "=:{+}\n".indexOf(peek()) < 0) {
            if (peek() == '"') {
                string();
            } else {
                next();
            }
        }
        return text.substring(begin, at).replace("\"", "").strip();
    }

    /** Reads the value of a path, of one part or several, up to the comma, the line's end or the bracket behind it. */
    private void value(String path) {
        boolean object = false;
        while (!ended() && ",\n}]".indexOf(peek()) < 0) {
            if (comment()) {
                continue;
            }
            switch (peek()) {
                case '{' -> {
                    next();
                    if (text.charAt(Math.max(0, at - 2)) == '$') {
                        substitution();
                    } else {
                        if (object) {
                            problems.add(
                                    new Origin(file, line),
                                    "Cannot tell two objects apart: without a comma or a new line between"
                                            + " them HOCON would merge them");
                        }
                        object = true;
                        object(path + ".");
                        next();
                    }
                }
                case '[' -> {
                    next();
                    skipBlanks();
                    while (!ended() && peek() != ']') {
                        int from = at;
                        value(path);
                        skipBlanks();
                        if (at == from) {
                            next();
                        }
                    }
                    next();
                }
                case '"' -> string();
                default -> next();
            }
        }
    }

    private void substitution() {
        while (!ended() && peek() != '}') {
            next();
        }
        next();
    }

    private void string() {
        String mark = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
        skip(mark.length());
        while (!ended() && !text.startsWith(mark, at)) {
            skip(peek() == '\\' && mark.length() == 1 ? 2 : 1);
        }
        skip(mark.length());
    }

    private boolean comment() {
        if (peek() != '#' && !text.startsWith("//", at)) {
            return false;
        }
        while (!ended() && peek() != '\n') {
            next();
        }
        return true;
    }

    private void skipBlanks() {
        while (!ended() && (Character.isWhitespace(peek()) || peek() == ',' || comment())) {
            if (!ended() && (Character.isWhitespace(peek()) || peek() == ',')) {
                next();
            }
        }
    }

    private boolean ended() {
        return at >= text.length();
    }

    private char peek() {
        return text.charAt(at);
    }

    private boolean peekIs(char c) {
        return !ended() && peek() == c;
    }

    private void next() {
        if (!ended()) {
            line += peek() == '\n' ? 1 : 0;
            at++;
        }
    }

    private void skip(int characters) {
        for (int i = 0; i < characters; i++) {
            next();
        }
    }
}
