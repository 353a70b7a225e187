/** The answer of a study in sentences that carry their figures: knobs, families, the choice, and what is open. */
@NullMarked
package dev.narrows.tradeoff.answer;

import org.jspecify.annotations.NullMarked;
