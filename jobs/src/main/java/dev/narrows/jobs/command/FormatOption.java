package dev.narrows.jobs.command;

import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.OutputFormat;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option for the form of a command's output, and the printing in that form. */
public final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, csv (where the output is a table) or json (default: ${DEFAULT-VALUE});"
                    + " docs/json.md lists the keys")
    private OutputFormat format = OutputFormat.text;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** True for people, who also get explanations around the result. */
    public boolean isText() {
        return format == OutputFormat.text;
    }

    /** Prints a result that is no table. */
    public void print(Terminal terminal, Supplier<? extends Record> document, Runnable text) {
        print(terminal, document, this::refuse, text);
    }

    private List<Record> refuse() {
        throw new BadInput(
                "Cannot print the output of narrows %s as CSV: it has no table here; --format json has all of it"
                        .formatted(command.name()));
    }

    /**
     * Prints a result.
     *
     * @param rows its table; as CSV, nothing is printed of one without rows
     * @param text printer for people
     */
    public void print(
            Terminal terminal,
            Supplier<? extends Record> document,
            Supplier<? extends List<? extends Record>> rows,
            Runnable text) {
        switch (format) {
            case text -> text.run();
            case json -> terminal.out().println(Documents.pretty(document.get()));
            case csv -> {
                List<? extends Record> lines = rows.get();
                if (!lines.isEmpty()) {
                    terminal.out().print(Documents.csv(lines));
                }
            }
        }
        terminal.out().flush();
    }
}
