package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.document.SettleDocument;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.run.RunOptions;
import dev.narrows.jobs.run.StudyRun;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.SettleLines;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.OpenQuestion;
import dev.narrows.tradeoff.Settling;
import dev.narrows.tradeoff.StudyResults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which further seeds would settle what a study leaves open, and trains them. */
@Command(name = "settle", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class SettleCommand implements Callable<Integer> {
    private static final double MILLIS = 1000;

    private final Terminal terminal;

    @Mixin
    private GivenStudy given = new GivenStudy();

    @Option(names = "--run", description = "train these seeds, the cheapest question first")
    private boolean runs;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = BudgetTime.class,
            description = "wall time for --run, such as 2h, 90m or 1h30m (default: until nothing more can be settled)")
    private Optional<Duration> budget = Optional.empty();

    @Option(
            names = "--of",
            paramLabel = "KIND",
            split = ",",
            description = "questions to settle: front (members of the front), axis (effects of knobs); default: both")
    private Set<QuestionKind> of = EnumSet.allOf(QuestionKind.class);

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    /** The kinds of questions that a person can choose. */
    enum QuestionKind {
        front(OpenQuestion.About.FRONT),
        axis(OpenQuestion.About.AXIS);

        private final OpenQuestion.About about;

        QuestionKind(OpenQuestion.About about) {
            this.about = about;
        }
    }

    public SettleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (budget.isPresent() && !runs) {
            throw new BadInput("Cannot take --budget without --run: nothing is trained");
        }
        return runs ? train() : look();
    }

    private int look() {
        StudyResults results = given.place().results();
        Completed.require(results);
        int waiting = results.size() - results.trials().size();
        if (waiting > 0) {
            terminal.note("%s of the study %s not ended; narrows run %s trains %s first"
                    .formatted(
                            Numbers.counted(waiting, "trial"),
                            waiting == 1 ? "has" : "have",
                            given.typed(),
                            waiting == 1 ? "it" : "them"));
        }
        int slots = Cluster.slotsHere(results.study().map(Study::threads).orElse(1));
        print(
                results,
                Settling.of(results, about()),
                slots,
                0,
                false,
                "narrows settle %s --run".formatted(given.typed()));
        return 0;
    }

    private int train() throws InterruptedException {
        long began = System.nanoTime();
        Study study = given.read();
        OpenedStudy opened = OpenedStudy.briefly(study);
        RunOptions continued = options.named(given.typed()).of("settle", typed());
        try (StudyRun run = StudyRun.claim(opened, given.folder(), continued, progress.on(terminal))) {
            run.resume();
            run.train();
            run.probe();
            int added = 0;
            StudyResults results = run.results();
            Settling settling = Settling.of(results, about());
            // Spark starts only where there is something to train, and only then the time of a question is shown.
            int slots = settling.canSettle() ? run.slots() : 1;
            while (!run.cancelled()) {
                List<Settling.FurtherSeed> next = settling.next(slots);
                if (next.isEmpty()) {
                    break;
                }
                double seconds =
                        next.stream().mapToDouble(Settling.FurtherSeed::seconds).sum() / slots;
                Optional<Double> left =
                        budget.map(time -> (time.toMillis() - (System.nanoTime() - began) / 1e6) / MILLIS);
                if (left.isPresent() && left.get() < seconds) {
                    terminal.note("%s of the budget left, and the next seeds take about %s"
                            .formatted(Numbers.duration(Math.max(0, left.get())), Numbers.duration(seconds)));
                    break;
                }
                int before = results.size();
                // Seeds that an earlier grid had are trained already, and answer at once.
                int waiting = run.add(next);
                if (waiting > 0) {
                    terminal.note("Training %s, the first %s (about %s)"
                            .formatted(
                                    Numbers.counted(waiting, "further trial"),
                                    next.get(0).reason(),
                                    Numbers.duration(seconds)));
                    run.train();
                    added += waiting;
                }
                results = run.results();
                if (results.size() == before) {
                    break;
                }
                settling = Settling.of(results, about());
            }
            run.writeTables();
            run.pruneWeights();
            print(results, settling, slots, added, run.cancelled(), "");
            if (run.cancelled()) {
                run.tellHowToGoOn();
                return Interrupts.EXIT_CODE;
            }
            return results.trials().stream().allMatch(row -> row.outcome().counts()) ? 0 : 1;
        }
    }

    /** The options of this command, each after a space, for a shell. */
    private String typed() {
        return " --run"
                + budget.map(time -> " --budget " + BudgetTime.text(time)).orElse("")
                + (of.size() == QuestionKind.values().length
                        ? ""
                        : " --of " + of.stream().map(QuestionKind::name).collect(Collectors.joining(",")));
    }

    private Set<OpenQuestion.About> about() {
        Set<OpenQuestion.About> about = EnumSet.noneOf(OpenQuestion.About.class);
        of.forEach(kind -> about.add(kind.about));
        return about;
    }

    private void print(
            StudyResults results, Settling settling, int slots, int added, boolean cancelled, String command) {
        results.notes().forEach(terminal::note);
        settling.unknownChances()
                .ifPresent(reason -> terminal.note("Memberships in the front are not told: " + reason));
        List<SettleDocument.Question> questions =
                settling.open().stream().map(SettleDocument.Question::of).toList();
        format.print(
                terminal,
                () -> new SettleDocument(
                        results.name(), given.folder().toString(), added, cancelled, questions, results.notes()),
                () -> questions,
                () -> new SettleLines(settling, slots, terminal).print(added, command));
    }
}
