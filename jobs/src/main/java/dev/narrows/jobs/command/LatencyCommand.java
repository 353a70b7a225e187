package dev.narrows.jobs.command;

import dev.narrows.jobs.document.LatencyDocument;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.run.GpuOptions;
import dev.narrows.jobs.run.RunOptions;
import dev.narrows.jobs.run.StudyRun;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.VariantTable;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the latency of a study's networks again, and trains nothing. */
@Command(name = "latency", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class LatencyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GivenStudy given = new GivenStudy();

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master, such as spark://host:7077 (default: inside this process)")
    private Optional<String> master = Optional.empty();

    @Mixin
    private GpuOptions gpus = new GpuOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    public LatencyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Study study = given.read();
        OpenedStudy opened = OpenedStudy.unseen(study);
        ResultsFolder folder = given.folder();
        try (StudyRun run = StudyRun.claim(
                opened, folder, RunOptions.at(master, gpus).named(given.typed()), progress.on(terminal))) {
            run.resume();
            run.probeAgain();
            run.writeTables();
            if (run.cancelled()) {
                terminal.note("Cancelled: %s holds the latencies measured so far; the others are from before"
                        .formatted(folder));
            }
            StudyResults results = run.results();
            List<LatencyDocument.Probe> probes =
                    results.latency().stream().map(LatencyDocument.Probe::of).toList();
            format.print(
                    terminal,
                    () -> new LatencyDocument(study.name(), folder.toString(), run.cancelled(), probes),
                    () -> probes,
                    () -> {
                        if (!run.cancelled()) {
                            List<VariantSummary> summaries = results.summaries();
                            VariantTable.print(
                                    summaries,
                                    Certainty.of(summaries, study.objectives()),
                                    study.objectives(),
                                    terminal);
                            terminal.say("");
                            terminal.say("Table: %s/latency.parquet".formatted(folder));
                        }
                    });
            return run.cancelled() ? Interrupts.EXIT_CODE : 0;
        }
    }
}
