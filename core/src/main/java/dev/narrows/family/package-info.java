/** One file a block family: what may vary in it, and how a choice of that becomes a network. */
@NullMarked
package dev.narrows.family;

import org.jspecify.annotations.NullMarked;
