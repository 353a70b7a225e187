package dev.narrows.jobs.output;

import dev.narrows.jobs.folder.TablesWriter;
import dev.narrows.jobs.pass.KnownRows;

/** The public tables: of every trial that the folder knows, also those that left the grid. */
public record TablesOutput(TablesWriter tables, KnownRows rows) implements Output {
    @Override
    public void write(boolean running) {
        tables.write(rows.all(), rows.reasons());
    }
}
