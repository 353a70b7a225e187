package dev.narrows.jobs.run;

import dev.narrows.jobs.folder.TablesWriter;

/** The public tables: of every trial that the folder knows, also those that left the grid. */
record TablesOutput(TablesWriter tables, KnownRows rows) implements Output {
    @Override
    public void write(boolean running) {
        tables.write(rows.all());
    }
}
