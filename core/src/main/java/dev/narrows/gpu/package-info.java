/**
 * GPUs of this host, read from NVIDIA's own libraries without loading the engine; where there are none, nothing is
 * known.
 */
@NullMarked
package dev.narrows.gpu;

import org.jspecify.annotations.NullMarked;
