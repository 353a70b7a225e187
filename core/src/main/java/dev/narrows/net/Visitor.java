package dev.narrows.net;

/**
 * A reading of the tree. It has no default methods, so that a new layer breaks every reading that lacks it.
 *
 * @param <A> argument, usually the {@link Shape} of the input
 * @param <R> result of the reading
 */
public interface Visitor<A, R> {
    R conv(Conv conv, A argument);

    R transposedConv(TransposedConv conv, A argument);

    R norm(Norm norm, A argument);

    R activation(Activation activation, A argument);

    R pool(Pool pool, A argument);

    R adaptivePool(AdaptivePool pool, A argument);

    R linear(Linear linear, A argument);

    R flatten(Flatten flatten, A argument);

    R upsample(Upsample upsample, A argument);

    R scale(Scale scale, A argument);

    R crop(Crop crop, A argument);

    R tap(Tap tap, A argument);

    R block(Block block, A argument);

    R chain(Chain chain, A argument);

    R fork(Fork fork, A argument);
}
