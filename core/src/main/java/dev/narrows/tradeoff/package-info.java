/** Choosing a variant: the Pareto front, the effect of each axis, and the certainty of both. */
@NullMarked
package dev.narrows.tradeoff;

import org.jspecify.annotations.NullMarked;
