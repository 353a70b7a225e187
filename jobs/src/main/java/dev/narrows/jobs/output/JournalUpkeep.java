package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.results.Journal;

/** The journal in few files: what the driver has in memory anyway need not be read file by file by the next start. */
public record JournalUpkeep(Journal journal, KnownRows rows) implements Output {
    @Override
    public void write(boolean running) {
        journal.compact(rows.ids());
    }
}
