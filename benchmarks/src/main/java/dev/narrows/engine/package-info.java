/** Access of the benchmarks to the engine's package. */
@NullMarked
package dev.narrows.engine;

import org.jspecify.annotations.NullMarked;
