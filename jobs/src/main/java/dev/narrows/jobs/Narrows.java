package dev.narrows.jobs;

import dev.narrows.data.Datasets;
import dev.narrows.data.source.BadData;
import dev.narrows.drawing.Detail;
import dev.narrows.drawing.Drawing;
import dev.narrows.jobs.cluster.DriverProcess;
import dev.narrows.jobs.cluster.SparkEnd;
import dev.narrows.jobs.command.BestCommand;
import dev.narrows.jobs.command.ChosenVariant;
import dev.narrows.jobs.command.CompareCommand;
import dev.narrows.jobs.command.CompletionCommand;
import dev.narrows.jobs.command.DataCommand;
import dev.narrows.jobs.command.DoctorCommand;
import dev.narrows.jobs.command.ExportCommand;
import dev.narrows.jobs.command.FamiliesCommand;
import dev.narrows.jobs.command.FormatOption;
import dev.narrows.jobs.command.GivenStudy;
import dev.narrows.jobs.command.GpuNativesCommand;
import dev.narrows.jobs.command.LatencyCommand;
import dev.narrows.jobs.command.ListCommand;
import dev.narrows.jobs.command.ManCommand;
import dev.narrows.jobs.command.MeasuresCommand;
import dev.narrows.jobs.command.PlanReport;
import dev.narrows.jobs.command.ProgressOption;
import dev.narrows.jobs.command.ReportCommand;
import dev.narrows.jobs.command.RunReport;
import dev.narrows.jobs.command.SettleCommand;
import dev.narrows.jobs.command.ShowCommand;
import dev.narrows.jobs.command.StatusReport;
import dev.narrows.jobs.command.Suggestion;
import dev.narrows.jobs.command.UnusablePath;
import dev.narrows.jobs.command.WholeFile;
import dev.narrows.jobs.fanout.FanOutException;
import dev.narrows.jobs.fanout.HungException;
import dev.narrows.jobs.folder.FolderLostException;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.process.LauncherMark;
import dev.narrows.jobs.process.LibraryToFetch;
import dev.narrows.jobs.process.Logs;
import dev.narrows.jobs.run.GpuOptions;
import dev.narrows.jobs.run.RunOptions;
import dev.narrows.jobs.run.StudyRun;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line, and the path of the data: a study file becomes a plan, trials, a journal, tables, a choice. */
@Command(
        name = "narrows",
        resourceBundle = "dev.narrows.jobs.Help",
        versionProvider = Libraries.class,
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = false,
        synopsisSubcommandLabel = "COMMAND")
public final class Narrows {
    /** Order of the commands in {@code --help}: that in which a study goes through them. */
    static final List<String> ORDER = List.of(
            "plan",
            "run",
            "status",
            "list",
            "report",
            "best",
            "compare",
            "settle",
            "show",
            "latency",
            "export",
            "draw",
            "data",
            "families",
            "measures",
            "doctor",
            "gpu-natives",
            "completion");

    private final Terminal terminal;

    Narrows(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "plan", mixinStandardHelpOptions = true)
    int plan(
            @Mixin GivenStudy given,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "table, csv or json (default: ${DEFAULT-VALUE})")
                    PlanReport.Format format,
            @Option(names = "--layers", paramLabel = "VARIANT", description = "show the layers of this variant instead")
                    Optional<String> layers,
            @Mixin GpuOptions gpus) {
        Study study = given.read();
        Optional<WorkstationGpus> devices = gpus.gpus(terminal::note);
        if (layers.isPresent()) {
            PlanReport.printLayers(PlannedStudy.of(study), layers.get(), format, terminal);
            return 0;
        }
        return PlanReport.print(study, given.folder(), devices, format, terminal);
    }

    @Command(name = "run", mixinStandardHelpOptions = true)
    int run(
            @Mixin GivenStudy given,
            @Mixin RunOptions options,
            @Mixin FormatOption format,
            @Mixin ProgressOption progress)
            throws InterruptedException {
        Study study = given.read(); //                          study file → Study
        OpenedStudy opened = OpenedStudy.briefly(study); //     Study → images, variants → costs: the plan
        try (StudyRun run =
                StudyRun.claim(opened, given.folder(), options.named(given.typed()), progress.on(terminal))) {
            run.resume(); //                                    the plan's trials, minus what the journal already holds
            run.train(); //                                     Spark, one job per trial → journal
            run.probe(); //                                     Spark, second pass: latency → journal
            run.writeTables(); //                               journal → Parquet tables
            run.pruneWeights(); //                              trained weights: those that the study keeps
            return new RunReport(run, opened.planned(), given, terminal).print(format); // tables → trade-off
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true)
    int status(@Mixin GivenStudy given, @Mixin FormatOption format) {
        new StatusReport(given, terminal).print(format);
        return 0;
    }

    @Command(name = "draw", mixinStandardHelpOptions = true)
    int draw(
            @Mixin GivenStudy given,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            defaultValue = "",
                            paramLabel = "VARIANT",
                            description = "its label or id prefix; may be left out where the plan has one variant")
                    String variant,
            @Option(names = "--layers", description = "every layer, not only the blocks") boolean layers,
            @Option(names = "--to", paramLabel = "FILE", description = "file for the SVG (default: standard output)")
                    Optional<Path> file) {
        Variant chosen = ChosenVariant.of(PlannedStudy.of(given.read()).plan(), variant);
        String svg =
                Drawing.of(chosen.label(), chosen.network(), chosen.input(), layers ? Detail.LAYERS : Detail.BLOCKS);
        file.ifPresentOrElse(
                path -> WholeFile.write(path, svg), () -> terminal.out().print(svg));
        terminal.out().flush();
        return 0;
    }

    public static void main(String[] args) {
        // Digits of other scripts would get into file names and machine-read output.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
        Logs.aside();
        DriverProcess.endWith(
                new FileOutputStream(FileDescriptor.out),
                System.err,
                (out, err) -> execute(Terminal.ofProcess(out, err), args));
    }

    /** Runs one command to its exit code: 0, 1 where trials failed, 2 for bad input, 130 where it was cancelled. */
    static int execute(Terminal terminal, String... args) {
        Datasets.tellOfLongReading(terminal::note);
        return commandLine(terminal).execute(args);
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine commands = new CommandLine(new Narrows(terminal))
                .addSubcommand(new BestCommand(terminal))
                .addSubcommand(new CompareCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .addSubcommand(new DataCommand(terminal))
                .addSubcommand(new LatencyCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new GpuNativesCommand(terminal))
                .addSubcommand(new FamiliesCommand(terminal))
                .addSubcommand(new ListCommand(terminal))
                .addSubcommand(new ManCommand(terminal))
                .addSubcommand(new MeasuresCommand(terminal))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new SettleCommand(terminal))
                .addSubcommand(new ShowCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()))
                .setUsageHelpWidth(Math.max(80, Math.min(120, terminal.columns())))
                .setParameterExceptionHandler((e, given) -> refuse(terminal, List.of(Suggestion.problem(e), hint(e))))
                .setExecutionExceptionHandler((e, command, parsed) -> explain(terminal, e));
        commands.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> help.commandList(inOrder(help.subcommands())));
        return commands;
    }

    private static <T> Map<String, T> inOrder(Map<String, T> commands) {
        Map<String, T> sorted = new TreeMap<>(Comparator.comparingInt(ORDER::indexOf));
        sorted.putAll(commands);
        return sorted;
    }

    private static String hint(CommandLine.ParameterException e) {
        return "Try '%s --help'".formatted(e.getCommandLine().getCommandSpec().qualifiedName());
    }

    private static int refuse(Terminal terminal, List<String> problems) {
        problems.forEach(terminal::note);
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Terminal terminal, Exception e) {
        if (e instanceof BadInput bad) {
            return refuse(terminal, bad.problems());
        }
        if (e instanceof BadData) {
            return refuse(terminal, List.of(String.valueOf(e.getMessage())));
        }
        if (e instanceof InvalidPathException unusable) {
            return refuse(terminal, List.of(UnusablePath.problem(unusable)));
        }
        if (e instanceof LibraryToFetch) {
            return LibraryToFetch.EXIT_CODE;
        }
        if (e instanceof HungException) {
            String next = LauncherMark.isSeen() ? "" : "; run the same command again to continue";
            terminal.note("Cannot go on in this process: %s%s".formatted(e.getMessage(), next));
            return LauncherMark.isSeen() ? HungException.EXIT_CODE : CommandLine.ExitCode.SOFTWARE;
        }
        LoggerFactory.getLogger(Narrows.class).error("Cannot go on", e);
        if (SparkEnd.reason().isPresent()) {
            terminal.note(SparkEnd.reason().get());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (e instanceof FanOutException fanOut && fanOut.isUnfit()) {
            return refuse(terminal, List.of(String.valueOf(e.getMessage())));
        }
        if (e instanceof CommandLine.ExecutionException && e.getCause() instanceof LinkageError missing) {
            terminal.note("Cannot go on: a library on the class path is missing or has another version: " + missing);
            return CommandLine.ExitCode.SOFTWARE;
        }
        boolean told =
                e instanceof FanOutException || e instanceof FolderLostException || e instanceof UncheckedIOException;
        terminal.note(told ? String.valueOf(e.getMessage()) : "Cannot go on: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
