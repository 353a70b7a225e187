package dev.narrows.family;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.List;

/**
 * A family of networks built from one kind of block, with the knobs that may vary in it.
 *
 * <p>{@link java.util.ServiceLoader} finds families, so a user's jar can add one. The defaults of its knobs are in the
 * {@code reference.conf} of that jar, under {@code families.<name>}.
 */
public interface Family {
    /** Name in study files, in kebab case: {@code inverted-bottleneck}. */
    String name();

    /** All knobs, in the order of labels and tables. */
    List<Knob<?>> knobs();

    /**
     * Builds the network for one choice of every knob, from an input of this shape (C, H, W) to one score per class
     * (for segmentation, per class and position).
     *
     * @throws IllegalArgumentException if the choice cannot be built; the message has the reason and the values
     * @throws dev.narrows.net.ShapeException if the input is too small for the strides, or shapes do not fit
     */
    Layer build(Settings settings, Shape input, int classes);
}
