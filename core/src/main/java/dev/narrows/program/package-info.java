/**
 * A network as the steps that compute it: lowered once from its tree, rewritten by rules, read by printers and counts.
 */
@NullMarked
package dev.narrows.program;

import org.jspecify.annotations.NullMarked;
