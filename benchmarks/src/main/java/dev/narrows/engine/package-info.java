/** What the benchmarks need of the engine's inside. */
@NullMarked
package dev.narrows.engine;

import org.jspecify.annotations.NullMarked;
