package dev.narrows.jobs.command;

import dev.narrows.jobs.document.RunDocument;
import dev.narrows.jobs.document.VariantDocument;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.run.StudyRun;
import dev.narrows.jobs.show.AnswerLines;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.VariantTable;
import dev.narrows.results.TrialRow;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.MixedDevices;
import dev.narrows.tradeoff.MixedForms;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.SearchRecords;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Output of {@code run} at its end. */
public final class RunReport {
    private static final int FAILURES_SHOWN = 10;

    private final StudyRun run;
    private final PlannedStudy planned;
    private final GivenStudy given;
    private final Terminal terminal;

    public RunReport(StudyRun run, PlannedStudy planned, GivenStudy given, Terminal terminal) {
        this.run = run;
        this.planned = planned;
        this.given = given;
        this.terminal = terminal;
    }

    /** Prints the report and returns the exit code. */
    public int print(FormatOption format) {
        StudyResults results = run.results();
        List<TrialRow> failed =
                results.trials().stream().filter(row -> !row.outcome().counts()).toList();
        int exitCode = run.cancelled() ? Interrupts.EXIT_CODE : failed.isEmpty() ? 0 : 1;
        format.print(terminal, () -> document(results, failed, exitCode), () -> variants(results), () -> {
            if (!run.cancelled()) {
                tell(results, failed);
            }
        });
        if (run.cancelled()) {
            terminal.note("Cancelled: %d of %s have ended and stay in %s"
                    .formatted(results.trials().size(), Numbers.counted(results.size(), "trial"), given.folder()));
            run.tellHowToGoOn();
        }
        return exitCode;
    }

    private List<VariantDocument> variants(StudyResults results) {
        List<VariantSummary> summaries = results.summaries();
        Optional<SearchRecords> search = SearchRecords.of(results);
        List<VariantSummary> front = ParetoFront.of(
                summaries, VariantSummary.criteria(planned.study().objectives()));
        return summaries.stream()
                .map(summary -> VariantDocument.of(summary, front.contains(summary), null, search))
                .toList();
    }

    private RunDocument document(StudyResults results, List<TrialRow> failed, int exitCode) {
        ResultsFolder folder = given.folder();
        return new RunDocument(
                results.name(),
                folder.toString(),
                planned.study().question().orElse(null),
                run.cancelled(),
                exitCode,
                results.trials().size(),
                results.size(),
                results.trials().stream()
                        .collect(Collectors.groupingBy(
                                row -> row.outcome().word(), TreeMap::new, Collectors.counting())),
                planned.plan().rejections().size(),
                failures(failed),
                variants(results),
                results.notes(),
                folder + "/" + ResultsFolder.REPORT,
                tables(results, folder));
    }

    private static List<RunDocument.TrialFailure> failures(List<TrialRow> failed) {
        Map<List<@Nullable String>, Integer> counts = new LinkedHashMap<>();
        failed.forEach(row -> counts.merge(
                Arrays.asList(row.outcome().word(), row.variant(), row.result().message()), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> new RunDocument.TrialFailure(
                        String.valueOf(entry.getKey().get(0)),
                        String.valueOf(entry.getKey().get(1)),
                        entry.getKey().get(2),
                        entry.getValue()))
                .toList();
    }

    private void tell(StudyResults results, List<TrialRow> failed) {
        List<TrialRow> ended = results.trials();
        ResultsFolder folder = given.folder();
        planned.study().question().ifPresent(question -> terminal.say("@|bold " + question + "|@"));
        terminal.say("");
        List<VariantSummary> summaries = results.summaries();
        Certainty certainty = Certainty.of(summaries, results.objectives());
        VariantTable.print(summaries, certainty, planned.study().objectives(), SearchRecords.of(results), terminal);
        terminal.say("");
        AnswerLines.print(
                Answer.of(results, planned.study().constraints(), summaries, certainty)
                        .sentences(),
                terminal);
        terminal.say("");
        tellFailures(failed);
        places(ended, summaries);
        if (!planned.plan().rejections().isEmpty()) {
            terminal.say("%s rejected; narrows plan %s says why"
                    .formatted(Numbers.counted(planned.plan().rejections().size(), "variant"), given.typed()));
        }
        terminal.say("");
        terminal.say("Report: " + folder + "/" + ResultsFolder.REPORT);
        terminal.say("Tables: " + String.join(", ", tables(results, folder)));
        terminal.say(next(failed, folder));
        if (given.editedSince()) {
            terminal.note(("%s was edited during the run; these are the results of the earlier text. narrows run"
                            + " %s uses the current text")
                    .formatted(given.named(), given.typed()));
        }
    }

    private void tellFailures(List<TrialRow> failed) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        failed.forEach(row -> reasons.merge(
                "%s: %s: %s"
                        .formatted(
                                row.outcome().word(),
                                row.variant(),
                                row.result().message()),
                1,
                Integer::sum));
        reasons.entrySet().stream()
                .limit(FAILURES_SHOWN)
                .forEach(reason -> terminal.say("%d %s".formatted(reason.getValue(), reason.getKey())));
        if (reasons.size() > FAILURES_SHOWN) {
            terminal.say("and %d more kinds of failure: see trials.parquet".formatted(reasons.size() - FAILURES_SHOWN));
        }
    }

    /** Names figures that cannot be compared, because they come from machines of different kinds. */
    private void places(List<TrialRow> ended, List<VariantSummary> summaries) {
        MixedDevices.notes(ended).forEach(terminal::say);
        MixedForms.note(ended.stream()).ifPresent(terminal::say);
        latencyPlaces("hosts", summaries, row -> row.environment().host());
        latencyPlaces("kinds of GPU", summaries, row -> {
            GpuEnvironment gpu = row.environment().gpu();
            return gpu == null ? "" : gpu.model();
        });
    }

    private void latencyPlaces(String kind, List<VariantSummary> summaries, Function<LatencyRow, String> place) {
        List<String> places = distinct(summaries.stream()
                .flatMap(summary -> summary.latency().stream())
                .map(place));
        if (places.size() > 1) {
            terminal.say(("Latencies come from %d %s (%s) and cannot be compared: narrows latency %s measures"
                            + " all of them again on one host")
                    .formatted(places.size(), kind, String.join(", ", places), given.typed()));
        }
    }

    private static List<String> distinct(Stream<String> words) {
        return words.filter(word -> !word.isEmpty()).distinct().sorted().toList();
    }

    private static List<String> tables(StudyResults results, ResultsFolder folder) {
        return Stream.concat(
                        Stream.of("variants", "effects", "pairs", "trials", "epochs", "latency", "layers"),
                        results.search().stream().map(search -> "search"))
                .map(table -> folder + "/" + table + ".parquet")
                .toList();
    }

    private String next(List<TrialRow> failed, ResultsFolder folder) {
        if (!failed.isEmpty()) {
            Set<Outcome> outcomes = failed.stream()
                    .map(TrialRow::outcome)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Outcome.class)));
            return "Next: %s failed; once the cause is fixed, narrows %s"
                    .formatted(Numbers.counted(failed.size(), "trial"), run.retrying(outcomes));
        }
        String open = "open %s/variants.parquet in pandas, Polars, DuckDB or Spark".formatted(folder);
        return given.place().isFolder()
                ? "Next: " + open
                : "Next: add to the grid of %s and run it again (only new trials are trained), or %s"
                        .formatted(given.named(), open);
    }
}
