/** From what may vary to what is tried: axes, the grid, samplers, constraints, variants, the plan. */
@NullMarked
package dev.narrows.space;

import org.jspecify.annotations.NullMarked;
