package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.run.StudyRun;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.VariantTable;
import dev.narrows.results.TrialRow;
import dev.narrows.tradeoff.MixedForms;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
    public int print() {
        StudyResults results = run.results();
        List<TrialRow> ended = results.trials();
        List<TrialRow> failed =
                ended.stream().filter(row -> !row.outcome().counts()).toList();
        ResultsFolder folder = given.folder();
        if (run.cancelled()) {
            terminal.note("Cancelled: %d of %d trials have ended and stay in %s"
                    .formatted(ended.size(), results.size(), folder));
            run.tellHowToGoOn();
            return Interrupts.EXIT_CODE;
        }
        planned.study().question().ifPresent(question -> terminal.say("@|bold " + question + "|@"));
        terminal.say("");
        List<VariantSummary> summaries = results.summaries();
        VariantTable.print(summaries, planned.study().objectives(), terminal);
        failures(failed);
        places(ended, summaries);
        if (!planned.plan().rejections().isEmpty()) {
            terminal.say("%s rejected; narrows plan %s says why"
                    .formatted(Numbers.counted(planned.plan().rejections().size(), "variant"), given.named()));
        }
        terminal.say("");
        terminal.say("Report: " + folder + "/" + ResultsFolder.REPORT);
        terminal.say("Tables: " + String.join(", ", tables(folder)));
        terminal.say(next(failed, folder));
        if (given.editedSince()) {
            terminal.note(("%s was edited during the run; these are the results of the earlier text. narrows run"
                            + " %s uses the current text")
                    .formatted(given.named(), given.named()));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private void failures(List<TrialRow> failed) {
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
        List<String> processors =
                distinct(ended.stream().map(row -> row.result().environment().processor()));
        if (processors.size() > 1) {
            terminal.say(("Trials ran on %d kinds of processor (%s): times and the last bits of accuracies"
                            + " differ between them; the columns host and processor name the machine of each trial")
                    .formatted(processors.size(), String.join(", ", processors)));
        }
        MixedForms.note(ended.stream()).ifPresent(terminal::say);
        List<String> hosts = distinct(summaries.stream()
                .flatMap(summary -> summary.latency().stream())
                .map(row -> row.environment().host()));
        if (hosts.size() > 1) {
            terminal.say(("Latencies come from %d hosts (%s) and cannot be compared: narrows latency %s measures"
                            + " all of them again on one host")
                    .formatted(hosts.size(), String.join(", ", hosts), given.named()));
        }
    }

    private static List<String> distinct(Stream<String> words) {
        return words.filter(word -> !word.isEmpty()).distinct().sorted().toList();
    }

    private static List<String> tables(ResultsFolder folder) {
        return Stream.of("trials", "epochs", "latency", "layers")
                .map(table -> folder + "/" + table + ".parquet")
                .toList();
    }

    private String next(List<TrialRow> failed, ResultsFolder folder) {
        if (!failed.isEmpty()) {
            return ("Next: %s failed; once the cause is fixed, narrows run %s --retry"
                            + " failed,crashed,out-of-memory,timed-out")
                    .formatted(Numbers.counted(failed.size(), "trial"), given.named());
        }
        String open = "open %s/trials.parquet in pandas, Polars, DuckDB or Spark".formatted(folder);
        return given.place().isFolder()
                ? "Next: " + open
                : "Next: add to the grid of %s and run it again (only new trials are trained), or %s"
                        .formatted(given.named(), open);
    }
}
