package dev.narrows.jobs.command;

import dev.narrows.jobs.show.ProgressForm;
import dev.narrows.jobs.show.Terminal;
import picocli.CommandLine.Option;

/** The option for the progress of a run. */
public final class ProgressOption {
    @Option(
            names = "--progress",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "progress on standard error: text, json (one object per line, for programs) or none"
                    + " (default: ${DEFAULT-VALUE})")
    private ProgressForm form = ProgressForm.text;

    /** The terminal with progress in this form. */
    public Terminal on(Terminal terminal) {
        return terminal.with(form);
    }
}
