package dev.narrows.jobs.report;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the picture of a report that the documentation shows; asked for by name, as docs/reports.md says. */
class ReportPicture {
    private static final int HEIGHT = 1720;

    @TempDir
    Path folder;

    @Test
    void ofAReportOnTheDisk() throws IOException {
        String report = System.getProperty("report.of");
        String picture = System.getProperty("report.picture");
        Assumptions.assumeTrue(report != null && picture != null, "neither report.of nor report.picture says what");
        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.open(Path.of(report), Browser.DESK, "light");
            browser.picture(Path.of(picture), HEIGHT);
        }
    }
}
