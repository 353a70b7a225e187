package dev.narrows.jobs.command;

import dev.narrows.data.survey.Survey;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.document.DataDocument;
import dev.narrows.jobs.show.Grid;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Columns;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import dev.narrows.study.Task;
import dev.narrows.study.TaskChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a set of images and its problems. */
@Command(name = "data", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class DataCommand implements Callable<Integer> {
    private static final int PROBLEMS = 1;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "PATH",
            description = "images, as in data.source of a study: a folder, a file, or bundled:NAME")
    private String source = "";

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification or segmentation, as data.task of a study (default: auto)")
    private TaskChoice task = TaskChoice.AUTO;

    @Option(
            names = "--image-column",
            paramLabel = "NAME",
            description = "column of the images in Parquet files, as data.image-column of a study")
    private String imageColumn = "";

    @Option(
            names = "--answer-column",
            paramLabel = "NAME",
            description = "column of labels or masks in Parquet files, as data.answer-column of a study")
    private String answerColumn = "";

    @Option(
            names = "--ignore",
            paramLabel = "VALUE",
            split = ",",
            description = "mask values that are not a class, as data.ignore of a study")
    private List<Integer> ignore = List.of();

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "PNG file for a contact sheet: one row per class, or images above their masks")
    private Optional<Path> sheet = Optional.empty();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public DataCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        cluster.use();
        Configuration configuration = HadoopSettings.here();
        Preparation preparation = new Preparation(
                task,
                new Columns(imageColumn, answerColumn),
                ignore,
                Preparation.NONE.colour(),
                Size.NONE,
                Preparation.NONE.fit(),
                Size.NONE,
                Preparation.NONE.corrupt());
        Survey survey = Survey.of(source, preparation, configuration);
        sheet.ifPresent(file -> save(file, preparation, configuration));
        DataDocument document =
                DataDocument.of(source, survey, sheet.map(Path::toString).orElse(null));
        format.print(terminal, () -> document, document::classes, () -> print(survey));
        return survey.problems().isEmpty() ? 0 : PROBLEMS;
    }

    private void print(Survey survey) {
        Survey.Count images = survey.images();
        terminal.say("@|bold %s|@: %s"
                .formatted(
                        source,
                        switch (survey.task()) {
                            case CLASSIFICATION -> "images with labels, for classification";
                            case SEGMENTATION -> "images with masks, for segmentation";
                        }));
        terminal.say("%,d images to train on, %,d for validation, %,d to test%s"
                .formatted(
                        images.train(),
                        images.validation(),
                        images.test(),
                        images.test() == 0 ? " (a study takes a tenth of the training images)" : ""));
        terminal.say("shapes: " + shapes(survey.shapes()));
        survey.leftOut().forEach(files -> terminal.say(files.sentence()));
        terminal.say("mean %s, standard deviation %s of the training pixels, scaled from 0 to 1"
                .formatted(figures(survey.mean()), figures(survey.deviation())));
        terminal.say("");
        classes(survey);
        terminal.say("");
        sheet.ifPresent(file -> terminal.say("Contact sheet: " + file));
        if (survey.problems().isEmpty()) {
            terminal.say("No problems found.");
        }
        survey.problems().forEach(problem -> terminal.say("! " + problem));
    }

    private void classes(Survey survey) {
        String unit = survey.task() == Task.SEGMENTATION ? " positions" : "";
        new Grid<>(new ArrayList<>(survey.classes().entrySet()))
                .words("class", Map.Entry::getKey)
                .number("train" + unit, row -> count(row.getValue().train()))
                .number("validation", row -> count(row.getValue().validation()))
                .number("test", row -> count(row.getValue().test()))
                .print(terminal, row -> false);
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String shapes(Map<String, Integer> shapes) {
        List<String> told = shapes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .map(shape -> "%s (%,d)".formatted(shape.getKey(), shape.getValue()))
                .toList();
        return String.join(", ", told)
                + (shapes.size() > told.size() ? " and %d more".formatted(shapes.size() - told.size()) : "");
    }

    private static String figures(List<Double> channels) {
        return channels.stream()
                .map(value -> String.format(Locale.ENGLISH, "%.4f", value))
                .collect(Collectors.joining(" "));
    }

    private void save(Path file, Preparation preparation, Configuration configuration) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(Survey.sheet(source, preparation, configuration), "png", png)) {
                throw new IOException("this Java cannot write PNG");
            }
        } catch (IOException e) {
            throw new BadInput("Cannot write %s: %s".formatted(file, e.getMessage()));
        }
        WholeFile.write(file, png.toByteArray());
    }
}
