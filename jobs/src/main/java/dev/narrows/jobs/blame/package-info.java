/** Deaths of processes: how they are told apart, which trials they make suspects, and when a trial is to blame. */
@NullMarked
package dev.narrows.jobs.blame;

import org.jspecify.annotations.NullMarked;
