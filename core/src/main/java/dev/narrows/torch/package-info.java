/** A reading of the tree: the TorchScript archive that the engine loads, and batch-norm folding for inference. */
@NullMarked
package dev.narrows.torch;

import org.jspecify.annotations.NullMarked;
