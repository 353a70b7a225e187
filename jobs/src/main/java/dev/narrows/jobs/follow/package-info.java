/** The report of a study while it runs: served on this machine alone, and refreshed from the journal. */
@NullMarked
package dev.narrows.jobs.follow;

import org.jspecify.annotations.NullMarked;
