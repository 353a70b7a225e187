package dev.narrows.jobs.command;

import dev.narrows.jobs.document.MeasuresDocument;
import dev.narrows.jobs.document.MeasuresDocument.MeasureLine;
import dev.narrows.jobs.show.Grid;
import dev.narrows.jobs.show.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the measures by which a variant may be chosen. */
@Command(name = "measures", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class MeasuresCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private FormatOption format = new FormatOption();

    public MeasuresCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        MeasuresDocument document = MeasuresDocument.all();
        format.print(
                terminal,
                () -> document,
                document::measures,
                () -> new Grid<>(document.measures())
                        .words("measure", MeasureLine::measure)
                        .words("unit", MeasureLine::unit)
                        .words("better", MeasureLine::better)
                        .rest("meaning", MeasureLine::meaning, terminal)
                        .print(terminal, measure -> false));
        return 0;
    }
}
