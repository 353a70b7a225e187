package dev.narrows.family;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.List;

/**
 * A family of networks built from one kind of block, with the knobs that may vary in it.
 *
 * <p>Families are found by {@link java.util.ServiceLoader}, so one in a jar of a user's own stands beside those here.
 * The defaults of its knobs stand in a {@code reference.conf} of its jar, under {@code families.<name>}.
 */
public interface Family {
    /** The word that a study file says, in kebab case: {@code inverted-bottleneck}. */
    String name();

    /** Every knob, in the order in which labels and tables show them. */
    List<Knob<?>> knobs();

    /**
     * The network for one choice of every knob, from an input of this shape (C, H, W) to one score a class (for
     * segmentation, a score a class and position).
     *
     * @throws IllegalArgumentException where the choice cannot be built; the message says what, why, and the values
     * @throws dev.narrows.net.ShapeException where the input is too small for the strides, or shapes do not fit
     */
    Layer build(Settings settings, Shape input, int classes);
}
