package dev.narrows.study;

import dev.narrows.net.Shape;
import java.util.Optional;

/** The task that a set of images teaches. */
public enum Task {
    /** One label per image. */
    CLASSIFICATION,
    /** A class for each position of an image, as a mask. */
    SEGMENTATION;

    /**
     * The reason why a network does not fit the task; empty where it does.
     *
     * @param scores shape of its output for an image; for masks, their middle where convolutions are not padded
     */
    public Optional<String> misfit(Shape scores, Shape image, int classes) {
        boolean one = scores.positions() == 1;
        boolean smaller = scores.height() <= image.height() && scores.width() <= image.width();
        boolean places = switch (this) {
            case CLASSIFICATION -> one;
            case SEGMENTATION -> smaller && (!one || image.positions() == 1);
        };
        if (!places) {
            return Optional.of("it puts out %s, and the data has %s"
                    .formatted(
                            scores,
                            switch (this) {
                                case CLASSIFICATION -> "one label per image";
                                case SEGMENTATION ->
                                    "a mask of %dx%d per image".formatted(image.height(), image.width());
                            }));
        }
        return scores.channels() == classes
                ? Optional.empty()
                : Optional.of("it puts out %s, and the data has %d classes".formatted(scores, classes));
    }
}
