/** What to choose: Pareto front, effects of an axis, and how sure that is. */
@NullMarked
package dev.narrows.tradeoff;

import org.jspecify.annotations.NullMarked;
