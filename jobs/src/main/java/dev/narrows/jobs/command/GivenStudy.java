package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The study that a command is about, and its results: the first argument, and the options that belong to it. */
public final class GivenStudy {
    @Parameters(index = "0", paramLabel = "STUDY", description = "a study file or a results folder")
    private String given = "";

    private String readAs = "";

    @Mixin
    private StudyOptions options = new StudyOptions();

    /** @throws dev.narrows.study.BadInput with all that is wrong with it */
    public Study read() {
        StudyPlace place = place();
        readAs = text();
        return place.study();
    }

    /** The study file or the folder, once it can be reached. */
    StudyPlace place() {
        options.reach();
        return options.place(given);
    }

    /** True if an option changes the study or its folder. */
    boolean isChanged() {
        return options.areGiven();
    }

    public ResultsFolder folder() {
        return options.place(given).folder();
    }

    /** True where the study file was edited after it was read. */
    boolean editedSince() {
        return !text().equals(readAs);
    }

    /** Text of the study file; empty where it cannot be read, which {@link #read} reports. */
    private String text() {
        if (options.place(given).isFolder()) {
            return "";
        }
        try {
            return Files.readString(Path.of(given));
        } catch (IOException e) {
            return "";
        }
    }

    /** The study as a person typed it. */
    public String named() {
        return given;
    }

    /** The study and the options that belong to it as a person typed them, for a shell. */
    public String typed() {
        return ShellWord.of(given) + options.typed();
    }
}
