package dev.narrows.data;

/** Images that a person named cannot be used as they are. The message is a line fit to be printed alone. */
public final class BadData extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadData(String message) {
        super(message);
    }

    public BadData(String message, Throwable cause) {
        super(message, cause);
    }
}
