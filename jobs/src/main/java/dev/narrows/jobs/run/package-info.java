/** One run of a study: its options, the check before it starts, and the order of its steps. */
@NullMarked
package dev.narrows.jobs.run;

import org.jspecify.annotations.NullMarked;
