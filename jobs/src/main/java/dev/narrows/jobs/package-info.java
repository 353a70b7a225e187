/** The command line: what a person types, and the way from a study file to tables and a choice, on one screen. */
@NullMarked
package dev.narrows.jobs;

import org.jspecify.annotations.NullMarked;
