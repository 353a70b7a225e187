/** The command line: how a study file becomes tables, and what a person sees of it. */
@NullMarked
package dev.narrows.jobs;

import org.jspecify.annotations.NullMarked;
