package dev.narrows.results;

/** Tells that a Parquet file is there and cannot be read: it is cut off, damaged, or of another version of Narrows. */
final class UnreadableFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    /**
     * @param file its whole name, as people are told of it
     * @param mayPass true where it is the storage that failed, which may answer another time
     */
    UnreadableFileException(String file, String reason, boolean mayPass, Throwable cause) {
        super("Cannot read %s: %s".formatted(file, reason), cause);
        this.mayPass = mayPass;
    }

    boolean mayPass() {
        return mayPass;
    }
}
