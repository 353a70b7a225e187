/** The whole state of a trial between two epochs, as a value and as a file from which the trial goes on. */
@NullMarked
package dev.narrows.checkpoint;

import org.jspecify.annotations.NullMarked;
