package dev.narrows.study;

import dev.narrows.net.Shape;
import java.util.Optional;

/** What networks are taught by a set of images. */
public enum Task {
    /** A label an image. */
    CLASSIFICATION,
    /** A class for each position of an image, as a mask. */
    SEGMENTATION;

    /**
     * Why a network cannot be taught so; empty where it can.
     *
     * @param scores what it gives for an image; of masks, their middle where convolutions are not padded
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
                                case CLASSIFICATION -> "one label an image";
                                case SEGMENTATION ->
                                    "a mask of %dx%d an image".formatted(image.height(), image.width());
                            }));
        }
        return scores.channels() == classes
                ? Optional.empty()
                : Optional.of("it puts out %s, and the data has %d classes".formatted(scores, classes));
    }
}
