/** A reading of the tree: a picture of a network, in which narrow places are narrow. */
@NullMarked
package dev.narrows.drawing;

import org.jspecify.annotations.NullMarked;
