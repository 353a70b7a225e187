/** Terminal output: tables, numbers, progress. */
@NullMarked
package dev.narrows.jobs.show;

import org.jspecify.annotations.NullMarked;
