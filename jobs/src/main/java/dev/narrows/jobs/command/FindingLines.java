package dev.narrows.jobs.command;

import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.FindingDocument;
import dev.narrows.jobs.preflight.Finding;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Preflight;
import dev.narrows.jobs.show.Terminal;

/** The findings of a preflight as text. */
final class FindingLines {
    private final Terminal terminal;

    FindingLines(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A line for each finding with a mark of its weight: the output of a check. */
    void check(Finding finding) {
        String mark = switch (finding.severity()) {
            case FACT -> "@|green ✓|@ ";
            case WARNING -> "@|yellow !|@ ";
            case ERROR -> "@|red ✗|@ ";
        };
        terminal.out().println(terminal.ansi().string(mark) + finding.line());
        terminal.out().flush();
    }

    /** The finding for a program. */
    static FindingDocument document(Finding finding) {
        return new FindingDocument(
                Documents.word(finding.severity()), Documents.word(finding.topic()), finding.line(), finding.values());
    }

    /** The facts below a plan. */
    void facts(Preflight preflight) {
        preflight.of(Severity.FACT).forEach(finding -> terminal.out().println(finding.line()));
        terminal.out().flush();
    }

    /** Warnings, then errors, beside the output. */
    void problems(Preflight preflight) {
        preflight.of(Severity.WARNING).forEach(finding -> terminal.note(finding.line()));
        preflight.of(Severity.ERROR).forEach(finding -> terminal.note(finding.line()));
    }
}
