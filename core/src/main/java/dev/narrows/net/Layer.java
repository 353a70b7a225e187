package dev.narrows.net;

import java.io.Serializable;

/**
 * A network, or a part of one: a tree of immutable records.
 *
 * <p>Parts are in sequence ({@link Chain}) or in parallel on the same input ({@link Fork}), which is enough for every
 * family. A network is described once. Its cost, its TorchScript, its folded form and its picture are readings of this
 * tree, each a {@link Visitor}.
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
     * Output shape for one input of this shape (C, H, W). All readings share this law.
     *
     * @throws ShapeException if the layer cannot take this input; the message has the expected and the given shape
     */
    Shape output(Shape input);

    /** Calls the visitor's method for this kind of layer. */
    <A, R> R accept(Visitor<A, R> visitor, A argument);
}
