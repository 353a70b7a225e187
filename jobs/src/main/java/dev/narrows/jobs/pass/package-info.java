/**
 * The part that all passes of a run share: the context, cancellation, the known rows, and listeners of ended trials.
 */
@NullMarked
package dev.narrows.jobs.pass;

import org.jspecify.annotations.NullMarked;
