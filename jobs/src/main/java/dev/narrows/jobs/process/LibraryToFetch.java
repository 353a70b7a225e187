package dev.narrows.jobs.process;

/**
 * ONNX Runtime, which few studies need, is not on the class path. By {@link #EXIT_CODE} {@code bin/narrows} downloads
 * it and starts the process again.
 */
public final class LibraryToFetch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exit code by which the launcher knows. */
    public static final int EXIT_CODE = 76;

    public LibraryToFetch(String problem) {
        super(problem);
    }

    /** True where the process was started by a launcher that has not downloaded the library yet. */
    public static boolean isPossible() {
        return System.getProperty("narrows.fetches") != null;
    }
}
