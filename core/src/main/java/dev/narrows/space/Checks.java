package dev.narrows.space;

import dev.narrows.net.Layer;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Study;
import dev.narrows.study.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a study against the task and the shape of its images: the output of each network, and the objectives, losses
 * and augmentations that the study asks for.
 */
final class Checks {
    private final Study.Input input;
    private final String source;

    Checks(Study study, Study.Input input) {
        this.input = input;
        this.source = study.data().stream().findFirst().map(DataSpec::source).orElse("");
    }

    /** The reason why a variant cannot be trained on the images; empty where it can, or where nothing is trained. */
    Optional<String> misfit(String label, Layer network) {
        return input.task()
                .flatMap(task -> task.misfit(network.output(input.shape()), input.shape(), input.classes()))
                .map(reason -> "Cannot train %s on %s: %s".formatted(label, source, reason));
    }

    /**
     * Refuses settings that have no meaning for the task.
     *
     * @throws BadInput with all of them
     */
    static void check(Study study, Study.Input input) {
        List<String> problems = new ArrayList<>();
        if (input.task().equals(Optional.of(Task.CLASSIFICATION))) {
            study.objectives().stream()
                    .map(Objective::measure)
                    .filter(Measure::isOfMasks)
                    .map(
                            "Cannot choose by %s: it is defined for masks, and the data has one label per image"
                                    ::formatted)
                    .forEach(problems::add);
            if (study.training().stream().anyMatch(training -> training.loss() != Loss.CROSS_ENTROPY)) {
                problems.add(
                        "Cannot train by the Dice loss: it is defined for masks, and the data has one label per image");
            }
        }
        if (input.shape().height() != input.shape().width()
                && study.training().stream()
                        .anyMatch(training -> training.augmentation().turn())) {
            problems.add("Cannot turn images of %s by quarters: they must be square".formatted(input.shape()));
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems.stream()
                    .map(problem -> "%s: %s".formatted(study.file(), problem))
                    .toList());
        }
    }
}
