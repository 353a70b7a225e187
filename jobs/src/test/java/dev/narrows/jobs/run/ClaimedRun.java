package dev.narrows.jobs.run;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.StudyResults;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** A driver of a study without a command line around it. */
final class ClaimedRun {
    private ClaimedRun() {}

    static StudyRun of(Path study, Path results) {
        StringWriter said = new StringWriter();
        return StudyRun.claim(
                OpenedStudy.briefly(StudyReader.read(study, List.of())),
                new ResultsFolder(results),
                new RunOptions().named(study.toString()),
                new Terminal(new PrintWriter(said), new PrintWriter(said), Integer.MAX_VALUE, Ansi.OFF, false));
    }

    /** The results as a driver finds them before it runs anything. */
    static StudyResults results(Path study, Path folder) throws InterruptedException {
        try (StudyRun run = of(study, folder)) {
            run.resume();
            return run.results();
        }
    }
}
