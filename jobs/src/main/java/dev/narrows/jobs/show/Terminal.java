package dev.narrows.jobs.show;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * The terminal or streams for output, and their abilities.
 *
 * @param out tables
 * @param err progress and messages
 * @param columns characters per line, or {@link Integer#MAX_VALUE} where {@code out} is a file
 * @param ansi ability of {@code out} to show colours
 * @param live true where a line on {@code err} can be drawn again
 */
public record Terminal(PrintWriter out, PrintWriter err, int columns, Ansi ansi, boolean live) {
    private static final int USUAL_COLUMNS = 100;

    /**
     * The terminal of this process. {@code bin/narrows} knows more than Java does: which of the streams are terminals
     * ({@code narrows.terminals}, such as {@code out,err}), and how wide they are ({@code narrows.columns}). Without it
     * everything is taken for a file.
     */
    public static Terminal ofProcess(PrintWriter out, PrintWriter err) {
        String terminals = System.getProperty("narrows.terminals", "");
        boolean visible = terminals.contains("out");
        int columns = Integer.getInteger("narrows.columns", USUAL_COLUMNS);
        return new Terminal(
                out,
                err,
                visible ? columns : Integer.MAX_VALUE,
                visible && System.getenv("NO_COLOR") == null ? Ansi.ON : Ansi.OFF,
                terminals.contains("err"));
    }

    /** Prints a line in picocli's markup, {@code @|bold …|@}. */
    public void say(String markup) {
        out.println(ansi.string(markup));
        out.flush();
    }

    /** Prints a line beside the tables. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
