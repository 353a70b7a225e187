/** Replays searches for the front on stored studies that were trained whole, beside other ways to spend as much. */
@NullMarked
package dev.narrows.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
