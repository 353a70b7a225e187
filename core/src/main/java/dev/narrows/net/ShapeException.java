package dev.narrows.net;

/** A layer received an input that it does not allow. The message has both shapes and the part of the network. */
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

    /** The same exception with the part of the network in its message. The innermost part is kept. */
    ShapeException in(String part) {
        return placed ? this : new ShapeException("%s (in %s)".formatted(getMessage(), part), true);
    }
}
