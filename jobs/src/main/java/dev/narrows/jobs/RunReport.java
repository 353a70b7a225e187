package dev.narrows.jobs;

import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.VariantTable;
import dev.narrows.results.TrialRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code run} prints at its end. */
final class RunReport {
    private static final int FAILURES_SHOWN = 10;

    private final StudyRun run;
    private final PlannedStudy planned;
    private final GivenStudy given;
    private final Terminal terminal;

    RunReport(StudyRun run, PlannedStudy planned, GivenStudy given, Terminal terminal) {
        this.run = run;
        this.planned = planned;
        this.given = given;
        this.terminal = terminal;
    }

    /** Gives the exit code. */
    int print() {
        List<TrialRow> ended = run.ended();
        List<TrialRow> failed =
                ended.stream().filter(row -> !row.outcome().counts()).toList();
        ResultsFolder folder = given.results(planned.study());
        if (run.cancelled()) {
            terminal.note(
                    "Cancelled: %d of %d trials have ended and stay in %s".formatted(ended.size(), run.size(), folder));
            terminal.note("To go on: narrows run %s".formatted(given.file()));
            return Interrupts.EXIT_CODE;
        }
        planned.study().question().ifPresent(question -> terminal.say("@|bold " + question + "|@"));
        terminal.say("");
        VariantTable.print(run.summaries(), planned.study().objectives(), terminal);
        failures(failed);
        if (!planned.plan().rejections().isEmpty()) {
            terminal.say("%d variants were rejected; narrows plan %s says why"
                    .formatted(planned.plan().rejections().size(), given.file()));
        }
        terminal.say("");
        terminal.say("Report: " + folder + "/" + ResultsFolder.REPORT);
        terminal.say("Tables: " + String.join(", ", tables(folder)));
        terminal.say(next(failed, folder));
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

    private static List<String> tables(ResultsFolder folder) {
        return Stream.of("trials", "epochs", "latency", "layers")
                .map(table -> folder + "/" + table + ".parquet")
                .toList();
    }

    private String next(List<TrialRow> failed, ResultsFolder folder) {
        return failed.isEmpty()
                ? "Next: add to the grid of %s and run it again (only what is new is trained), or open %s/trials.parquet in pandas, Polars, DuckDB or Spark"
                        .formatted(given.file(), folder)
                : "Next: %d trials failed; when the reason is gone, narrows run %s --retry failed,crashed,out-of-memory,timed-out"
                        .formatted(failed.size(), given.file());
    }
}
