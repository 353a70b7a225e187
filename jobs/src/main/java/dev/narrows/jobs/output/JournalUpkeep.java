package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.results.Journal;

/** The journal in few files: the rows in memory are written together, so that the next start reads few files. */
public record JournalUpkeep(Journal journal, KnownRows rows) implements Output {
    @Override
    public void write(boolean running) {
        journal.compact(rows.ids());
    }
}
