package dev.narrows.study;

import java.io.Serializable;

/** How a gradient moves the weights, in PyTorch's definitions. */
public sealed interface Optimizer extends Serializable {
    /** The decay of every weight: added to the gradient by SGD, taken from the weight by AdamW. */
    double weightDecay();

    /** torch.optim.SGD: v ← momentum·v + g, w ← w − rate·v; with Nesterov w ← w − rate·(g + momentum·v). */
    record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimizer {}

    /** torch.optim.AdamW (Loshchilov and Hutter, 2019), with bias correction and epsilon outside the root. */
    record AdamW(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {}
}
