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
 * @param progress form of the progress of a run
 */
public record Terminal(PrintWriter out, PrintWriter err, int columns, Ansi ansi, boolean live, ProgressForm progress) {
    /** Returns to the beginning of the line and erases it. */
    private static final String ERASE = "\r\033[K";

    private static final int USUAL_COLUMNS = 100;

    /** A terminal with progress for people. */
    public Terminal(PrintWriter out, PrintWriter err, int columns, Ansi ansi, boolean live) {
        this(out, err, columns, ansi, live, ProgressForm.text);
    }

    /** The same with another form of progress. */
    public Terminal with(ProgressForm other) {
        return new Terminal(out, err, columns, ansi, live, other);
    }

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
        synchronized (err) {
            erase();
            out.println(ansi.string(markup));
            out.flush();
        }
    }

    /** Prints a line beside the tables. What {@link #draw} has drawn gives way to it. */
    public void note(String line) {
        synchronized (err) {
            erase();
            err.println(line);
            err.flush();
        }
    }

    /** Draws a line in the place of the one that was drawn before. */
    void draw(String line) {
        synchronized (err) {
            err.print(ERASE + line.strip());
            err.flush();
        }
    }

    /** Erases the line that was drawn. */
    void erase() {
        if (live) {
            synchronized (err) {
                err.print(ERASE);
                err.flush();
            }
        }
    }
}
