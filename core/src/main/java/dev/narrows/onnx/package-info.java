/** A reading of the tree: the ONNX file of a network, for every runtime that is not PyTorch. */
@NullMarked
package dev.narrows.onnx;

import org.jspecify.annotations.NullMarked;
