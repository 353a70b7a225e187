/** Times forms and rules of training steps on and off, and says which of them the figures support. */
@NullMarked
package dev.narrows.benchmarks.forms;

import org.jspecify.annotations.NullMarked;
