/** One trial in the process that Spark gives it: the task, its alarm for hanging, and where its row goes. */
@NullMarked
package dev.narrows.jobs.executor;

import org.jspecify.annotations.NullMarked;
