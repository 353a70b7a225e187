package dev.narrows.net;

/** A layer was given an input that its law does not allow; the message holds both shapes and the place. */
public final class ShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean placed;

    public ShapeException(String message) {
        this(message, false);
    }

    private ShapeException(String message, boolean placed) {
        super(message);
        this.placed = placed;
    }

    /** The same, told with the part of the network it happened in; the innermost part wins. */
    ShapeException in(String part) {
        return placed ? this : new ShapeException("%s (in %s)".formatted(getMessage(), part), true);
    }
}
