package dev.narrows.study;

import dev.narrows.net.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A study file, read and checked: what is asked, in which order of things.
 *
 * @param name the folder name of its results
 * @param question what it is to answer, in a person's words
 * @param input shape and classes where a study only plans and has no data
 * @param data the images, one entry a choice of how many to train on
 * @param training every choice of the nuisance settings
 * @param keepWeights whose trained weights are kept, to be exported
 * @param constraints what a variant must keep to be chosen, though it is measured all the same
 * @param file where it was read from, as messages write it
 * @param resolved the whole configuration with every default, as HOCON, without secrets
 */
public record Study(
        String name,
        Optional<String> question,
        Optional<Input> input,
        List<DataSpec> data,
        List<GridEntry> grid,
        List<Training> training,
        int threads,
        Limits limits,
        LatencySpec latency,
        List<Objective> objectives,
        KeepWeights keepWeights,
        List<Constraint> constraints,
        String file,
        String resolved) {
    public Study {
        data = List.copyOf(data);
        grid = List.copyOf(grid);
        training = List.copyOf(training);
        objectives = List.copyOf(objectives);
        constraints = List.copyOf(constraints);
    }

    /**
     * What a network of this study takes and tells apart.
     *
     * @param task what it is to learn; empty where nothing is trained
     */
    public record Input(Shape shape, int classes, Optional<Task> task) {
        /** Of a study that only plans. */
        public Input(Shape shape, int classes) {
            this(shape, classes, Optional.empty());
        }
    }
}
