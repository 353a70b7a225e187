package dev.narrows.jobs.command;

import dev.narrows.data.Dataset;
import dev.narrows.data.Normalisation;
import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.net.Shape;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.Measure;
import dev.narrows.study.Task;
import dev.narrows.tradeoff.Quality;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Facts about a trained network for the program that runs it: what goes in, what comes out, and how good it is.
 *
 * @param images that it was trained on
 * @param quality measure that its study chooses by
 */
record ExportFacts(TrialRow trial, Variant variant, Dataset images, Measure quality) {
    private static final String PREFIX = "narrows.";

    /** The facts by name, for a program. A list is a JSON array, or figures with a space between them. */
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(PREFIX + "study", trial.study());
        notes.put(PREFIX + "trial_id", trial.trialId());
        notes.put(PREFIX + "variant_id", trial.variantId());
        notes.put(PREFIX + "variant", trial.variant());
        notes.put(PREFIX + "seed", Long.toString(trial.seed()));
        notes.put(PREFIX + "measure", quality.word());
        for (Measure measure : List.of(Measure.VALIDATION_ACCURACY, quality)) {
            notes.put(PREFIX + "final_" + measure.word(), Double.toString(Quality.of(trial, measure)));
        }
        notes.put(PREFIX + "mean", exact(images.mean()));
        notes.put(PREFIX + "deviation", exact(Normalisation.divisors(images)));
        notes.put(PREFIX + "output_shape", Documents.array(shape()));
        notes.put(PREFIX + "classes", Documents.array(images.classNames()));
        return notes;
    }

    /** The facts in lines, for a person. */
    List<String> lines(Path file) {
        Shape input = variant.input();
        return List.of(
                "%s: %s, seed %d, %s %s"
                        .formatted(
                                file,
                                trial.variant(),
                                trial.seed(),
                                quality.label(),
                                Numbers.percent(Quality.of(trial, quality))),
                ("input: fp32 images (N, %d, %d, %d), pixels from 0 to 1, minus %s, divided by %s (one"
                                + " figure per channel)")
                        .formatted(
                                input.channels(),
                                input.height(),
                                input.width(),
                                brief(images.mean()),
                                brief(Normalisation.divisors(images))),
                "output: %s: %s".formatted(output(), String.join(", ", images.classNames())));
    }

    private String output() {
        Shape input = variant.input();
        Shape scores = variant.network().output(input);
        String classes = "a score for each of %d classes".formatted(images.classes());
        return switch (images.task()) {
            case CLASSIFICATION -> classes;
            case SEGMENTATION ->
                "(N, %d, %d, %d), %s and each position of %s"
                        .formatted(
                                scores.channels(),
                                scores.height(),
                                scores.width(),
                                classes,
                                scores.positions() == input.positions()
                                        ? "the image"
                                        : "the middle of the image, %d x %d of %d x %d"
                                                .formatted(
                                                        scores.height(),
                                                        scores.width(),
                                                        input.height(),
                                                        input.width()));
        };
    }

    /** The shape of the scores of one image. */
    private List<Integer> shape() {
        Shape scores = variant.network().output(variant.input());
        return images.task() == Task.CLASSIFICATION
                ? List.of(scores.channels())
                : List.of(scores.channels(), scores.height(), scores.width());
    }

    private static String exact(List<Double> figures) {
        return figures.stream().map(figure -> Double.toString(figure)).collect(Collectors.joining(" "));
    }

    private static String brief(List<Double> figures) {
        return figures.stream()
                .map(figure -> String.format(Locale.ENGLISH, "%.6f", figure))
                .collect(Collectors.joining(" "));
    }
}
