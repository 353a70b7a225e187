package dev.narrows.engine;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Reading of the engine's exceptions, whose messages carry call stacks of their own. */
final class EngineError {
    /** The first line where a method of a module fails; its code follows, and then the reason. */
    private static final String IN_A_METHOD = "The following operation failed in the TorchScript interpreter.";

    private static final String REASON = "RuntimeError: ";

    private EngineError() {}

    /** The line that says what went wrong. */
    static String message(Throwable error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        List<String> lines = message.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return error.toString();
        }
        if (!lines.get(0).startsWith(IN_A_METHOD)) {
            return lines.get(0);
        }
        return lines.stream()
                .filter(line -> line.startsWith(REASON))
                .reduce((earlier, last) -> last)
                .map(line -> line.substring(REASON.length()))
                .orElse(lines.get(lines.size() - 1));
    }

    /**
     * True where memory did not suffice. The processor's allocator, CUDA's, and those of cuBLAS and cuDNN have messages
     * of their own. That of cuDNN for no room for any algorithm's scratch space is that for no algorithm at all, too.
     *
     * @param full asked in that last case: true where the device has little memory left
     */
    static boolean isOutOfMemory(Throwable error, BooleanSupplier full) {
        String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return error instanceof OutOfMemoryError
                || message.contains("out of memory")
                || message.contains("can't allocate memory")
                || message.contains("status_alloc_failed")
                || message.contains("not enough memory")
                || (message.contains("unable to find an engine to execute this computation") && full.getAsBoolean());
    }
}
