/** One run of a study: what it plans to do, its training and its latency pass, and how it is stopped and goes on. */
@NullMarked
package dev.narrows.jobs.run;

import org.jspecify.annotations.NullMarked;
