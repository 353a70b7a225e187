package dev.narrows.data.source;

/** Images named by the user cannot be used as they are. The message is one line that can be printed alone. */
public final class BadData extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadData(String message) {
        super(message);
    }

    public BadData(String message, Throwable cause) {
        super(message, cause);
    }
}
