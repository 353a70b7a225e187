/** The driver of a run's trials: hands what Spark's jobs report to the dispatch, and carries out what it decides. */
@NullMarked
package dev.narrows.jobs.fanout;

import org.jspecify.annotations.NullMarked;
