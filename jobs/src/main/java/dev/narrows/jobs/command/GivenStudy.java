package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The study that a command is about, and where its results are. */
public final class GivenStudy {
    @Parameters(index = "0", paramLabel = "STUDY", description = "a study file")
    private Path file = Path.of("");

    private String readAs = "";

    @Mixin
    private StudyOptions options = new StudyOptions();

    /** @throws BadInput with all that is wrong with it */
    public Study read() {
        options.reach();
        readAs = text();
        return options.read(file);
    }

    public ResultsFolder results(Study study) {
        return new ResultsFolder(options.folder(study));
    }

    /** Whether the file says something else now than when it was read. */
    boolean editedSince() {
        return !text().equals(readAs);
    }

    /** Empty where there is no such file, or none that is text: whoever reads it as a study says so. */
    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** As a person typed it. */
    Path file() {
        return file;
    }
}
