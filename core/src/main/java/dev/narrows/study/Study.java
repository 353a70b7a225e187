package dev.narrows.study;

import dev.narrows.net.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A study file, read and checked.
 *
 * @param name the folder name of its results
 * @param question the question that it answers, in a person's words
 * @param input shape and classes where a study only plans and has no data
 * @param data the images, one entry per number of training images
 * @param training every choice of the nuisance settings
 * @param keepWeights the trials whose trained weights are kept, for export
 * @param search for the front, which leaves variants untrained; empty where the whole grid is trained
 * @param constraints conditions for a variant to be chosen; one that breaks them is measured all the same
 * @param file the file that it was read from, as messages write it
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
        Optional<SearchSpec> search,
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
     * The input and the classes of this study's networks.
     *
     * @param task the task to be learnt; empty where nothing is trained
     */
    public record Input(Shape shape, int classes, Optional<Task> task) {
        /** The input of a study that only plans. */
        public Input(Shape shape, int classes) {
            this(shape, classes, Optional.empty());
        }
    }
}
