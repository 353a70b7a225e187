/** Block families, one per file: their knobs, and the network for each choice of them. */
@NullMarked
package dev.narrows.family;

import org.jspecify.annotations.NullMarked;
