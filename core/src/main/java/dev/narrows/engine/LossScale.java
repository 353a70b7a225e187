package dev.narrows.engine;

import dev.narrows.study.Precision;

/**
 * Factor of a loss before its gradients are computed, so that small ones do not vanish in fp16, whose smallest number
 * is 6e-8 (Micikevicius et al., 2018).
 *
 * <p>It begins high. A step whose gradients overflow is left out and halves it; so many steps in a row without overflow
 * double it. The figures are those of {@code torch.amp.GradScaler}. Other precisions have the exponents of fp32, and a
 * scale of 1.
 */
final class LossScale {
    private static final double FIRST = 1 << 16;
    private static final int STEADY_STEPS = 2000;

    private final boolean moves;
    private double scale;
    private int steady;

    private LossScale(boolean moves) {
        this.moves = moves;
        this.scale = moves ? FIRST : 1;
    }

    static LossScale of(Precision resolved) {
        return new LossScale(resolved == Precision.FP16);
    }

    /** True where gradients must be looked at before a step. */
    boolean moves() {
        return moves;
    }

    double value() {
        return scale;
    }

    /** True once gradients overflow at every scale that is left: then the network itself has diverged. */
    boolean exhausted() {
        return scale < 1;
    }

    /** Takes note of a step's gradients. */
    void saw(boolean finite) {
        if (!finite) {
            scale /= 2;
            steady = 0;
        } else if (++steady == STEADY_STEPS) {
            scale *= 2;
            steady = 0;
        }
    }
}
