/** Spark as a study needs it: how it is started, what its executors have room for, and what is sent to them. */
@NullMarked
package dev.narrows.jobs.cluster;

import org.jspecify.annotations.NullMarked;
