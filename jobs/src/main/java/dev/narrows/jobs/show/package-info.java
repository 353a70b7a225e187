/** What a person sees in a terminal: tables, numbers, progress. */
@NullMarked
package dev.narrows.jobs.show;

import org.jspecify.annotations.NullMarked;
