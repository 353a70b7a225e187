package dev.narrows.jobs.document;

import dev.narrows.data.survey.Survey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows data.")
public record DataDocument(
        @Meaning("The images, as they were named.") String source,

        @Meaning("classification for images with labels, segmentation for images with masks.")
        String task,

        @Meaning("Images to train on.") long train,

        @Meaning("Images of the validation part that the set brings; 0 where a study sets some aside.")
        long validation,

        @Meaning("Images of the test part.") long test,

        @Meaning("Images by stored shape, channels x height x width.")
        Map<String, Integer> shapes,

        @Meaning("Mean of each channel over the training images, of pixels from 0 to 1.")
        List<Double> mean,

        @Meaning("Standard deviation of each channel, likewise.")
        List<Double> deviation,

        @Meaning("Classes in their order.") List<ImageClass> classes,

        @Meaning("Problems that would stop a study or bias its accuracy upwards.")
        List<String> problems,

        @Meaning("File of the contact sheet, where one was asked for.") @Nullable
        String sheet) {
    public DataDocument {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        classes = List.copyOf(classes);
        problems = List.copyOf(problems);
    }

    @Meaning("One class: its images; for masks, its positions.")
    public record ImageClass(
            @Meaning("Name of the class.") String name,
            @Meaning("Number in the training part.") long train,
            @Meaning("Number in the validation part.") long validation,
            @Meaning("Number in the test part.") long test) {}

    public static DataDocument of(String source, Survey survey, @Nullable String sheet) {
        return new DataDocument(
                source,
                Documents.word(survey.task()),
                survey.images().train(),
                survey.images().validation(),
                survey.images().test(),
                survey.shapes(),
                survey.mean(),
                survey.deviation(),
                survey.classes().entrySet().stream()
                        .map(entry -> new ImageClass(
                                entry.getKey(),
                                entry.getValue().train(),
                                entry.getValue().validation(),
                                entry.getValue().test()))
                        .toList(),
                survey.problems(),
                sheet);
    }
}
