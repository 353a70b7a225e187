/** Speed of the engine in training and evaluation, against DJL's own blocks and against the machine's peak. */
@NullMarked
package dev.narrows.benchmarks;

import org.jspecify.annotations.NullMarked;
