/** How trials are spread out through Spark, one job a trial, and who is to blame where a process dies. */
@NullMarked
package dev.narrows.jobs.fanout;

import org.jspecify.annotations.NullMarked;
