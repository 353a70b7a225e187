package dev.narrows.jobs.output;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.results.DerivedTables;
import dev.narrows.tradeoff.Conclusions;

/** The derived tables, of the trials that the study has. All rows are computed before the first table is written. */
public record DerivedOutput(ResultsFolder folder, RunResults results) implements Output {
    @Override
    public void write(boolean running) {
        Conclusions conclusions = Conclusions.of(results.now(running));
        DerivedTables.write(
                folder.address(),
                folder.settings(),
                conclusions.variants(),
                conclusions.effects(),
                conclusions.pairs(),
                conclusions.search());
    }
}
