package dev.narrows.jobs.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** A path, given on the command line or in a study file, that cannot be the name of a file here. */
public final class UnusablePath {
    private UnusablePath() {}

    /** The problem in a line, with advice where the locale is the reason. */
    public static String problem(InvalidPathException e) {
        return problem(e, System.getProperty("sun.jnu.encoding", ""));
    }

    /** @param encoding of file names */
    static String problem(InvalidPathException e, String encoding) {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(e.getInput());
        String advice = ascii || encoding.equals(StandardCharsets.UTF_8.name())
                ? ""
                : "; names of files are %s in this locale: set LC_ALL=C.UTF-8 or another locale of UTF-8"
                        .formatted(encoding);
        return "Cannot use the path %s: %s%s".formatted(e.getInput(), e.getReason(), advice);
    }
}
