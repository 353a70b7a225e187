/** The process of a driver: its log file, Ctrl-C, and the launcher that starts it again. */
@NullMarked
package dev.narrows.jobs.process;

import org.jspecify.annotations.NullMarked;
