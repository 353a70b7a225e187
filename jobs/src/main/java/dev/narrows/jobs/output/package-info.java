/** Files that a run makes from its rows: tables, report, compacted journal, and the trained weights to keep. */
@NullMarked
package dev.narrows.jobs.output;

import org.jspecify.annotations.NullMarked;
