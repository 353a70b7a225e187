package dev.narrows.cost;

import java.io.Serializable;

/**
 * What a network costs for one input, exact in 64 bits.
 *
 * @param params trainable scalars
 * @param macs multiply-accumulates of convolutions and linear layers
 * @param activations elements of all convolution outputs (Radosavovic et al., 2020)
 * @param depth convolutions and linear layers on the longest way from input to output
 */
public record Cost(long params, long macs, long activations, int depth) implements Serializable {}
