package dev.narrows.jobs.output;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.report.StudyReport;
import java.time.Instant;

/** The report. */
public record ReportOutput(ResultsFolder folder, RunResults results) implements Output {
    @Override
    public void write(boolean running) {
        folder.keepReport(StudyReport.html(results.now(running), Instant.now()));
    }
}
