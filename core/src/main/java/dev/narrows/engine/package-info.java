/** DJL: training, evaluation and the latency probe of one network in this process. */
@NullMarked
package dev.narrows.engine;

import org.jspecify.annotations.NullMarked;
