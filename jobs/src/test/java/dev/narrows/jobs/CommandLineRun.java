package dev.narrows.jobs;

import dev.narrows.jobs.show.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Help.Ansi;

/** One call of the command line, inside this process, with what it said. */
public record CommandLineRun(int exitCode, String out, String err) {
    public static CommandLineRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(new PrintWriter(out), new PrintWriter(err), Integer.MAX_VALUE, Ansi.OFF, false);
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int exitCode = Narrows.execute(terminal, words);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
