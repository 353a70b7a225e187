/** The commands of the command line, the options that they share, and what they print. */
@NullMarked
package dev.narrows.jobs.command;

import org.jspecify.annotations.NullMarked;
