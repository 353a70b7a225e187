package dev.narrows.pages;

import java.util.List;

/**
 * A text for people: a page, a comment, or a message that may be put together from several literals.
 *
 * @param file name from the root of the repository
 * @param pieces parts in their order, each with its first line in the file
 */
record Prose(String file, Kind kind, List<Piece> pieces) {
    /** Kinds of texts. */
    enum Kind {
        PAGE,
        JAVADOC,
        COMMENT,
        LITERAL
    }

    /** A part of a text whose lines follow each other in the file. */
    record Piece(int line, String text) {}

    Prose {
        pieces = List.copyOf(pieces);
    }

    static Prose of(String file, Kind kind, int line, String text) {
        return new Prose(file, kind, List.of(new Piece(line, text)));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** Place of a position in the text, as {@code file: line}. */
    String place(int offset) {
        int left = offset;
        for (Piece piece : pieces) {
            if (left < piece.text().length()) {
                long lines = piece.text()
                        .substring(0, left)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                return "%s: %d".formatted(file, piece.line() + lines);
            }
            left -= piece.text().length();
        }
        throw new IllegalArgumentException("Cannot find position " + offset + " in " + file);
    }
}
