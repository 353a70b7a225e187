/** DJL: training, evaluation, the latency probe. */
@NullMarked
package dev.narrows.engine;

import org.jspecify.annotations.NullMarked;
