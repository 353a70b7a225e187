package dev.narrows.jobs.executor;

import java.util.Optional;

/** A process in which no trial can run: it lacks the engine, or the images. No trial is to blame for that. */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String host, Throwable cause) {
        super("host %s: %s".formatted(host, cause.getMessage() == null ? cause : cause.getMessage()), cause);
    }

    /** The host and the reason, where Spark's message about a task tells of one. */
    public static Optional<String> toldBy(String message) {
        String name = UnfitException.class.getName() + ": ";
        return message.lines()
                .filter(line -> line.contains(name))
                .map(line -> line.substring(line.indexOf(name) + name.length()).strip())
                .findFirst();
    }
}
