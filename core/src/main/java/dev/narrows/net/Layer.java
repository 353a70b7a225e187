package dev.narrows.net;

import java.io.Serializable;

/**
 * A network, or a part of one: a tree of immutable records.
 *
 * <p>Parts stand one after another ({@link Chain}) or side by side on the same input ({@link Fork}); that is enough for
 * every family. A network is described once. Its cost, its TorchScript, its folded form and its picture are readings of
 * this tree, each a {@link Visitor}.
 */
public sealed interface Layer extends Serializable
        permits Conv,
                TransposedConv,
                Norm,
                Activation,
                Pool,
                AdaptivePool,
                Linear,
                Flatten,
                Upsample,
                Scale,
                Crop,
                Tap,
                Block,
                Chain,
                Fork {
    /**
     * The law that all readings share: what comes out for one input of this shape (C, H, W).
     *
     * @throws ShapeException where the layer cannot take this input; the message names what it takes and what it got
     */
    Shape output(Shape input);

    /** Calls the visitor's method for this kind of layer. */
    <A, R> R accept(Visitor<A, R> visitor, A argument);
}
