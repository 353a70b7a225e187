package dev.narrows.results;

/** Tells that a Parquet file is there and cannot be read: it is cut off, damaged, or of another version of Narrows. */
final class UnreadableFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param file its whole name, as people are told of it */
    UnreadableFileException(String file, String reason, Throwable cause) {
        super("Cannot read %s: %s".formatted(file, reason), cause);
    }
}
