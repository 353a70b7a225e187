/** A reading of the tree: parameters, multiply-accumulates, activations, memory; totals and by layer. */
@NullMarked
package dev.narrows.cost;

import org.jspecify.annotations.NullMarked;
