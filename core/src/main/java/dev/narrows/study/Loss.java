package dev.narrows.study;

/** The loss that training minimises. */
public enum Loss {
    /** The negative logarithm of the share that softmax gives to the right class; of masks, its mean over positions. */
    CROSS_ENTROPY,
    /**
     * One minus the mean over classes of 2·Σ p·t / (Σ p + Σ t), with p from softmax and t 1 where the class is right,
     * summed over a batch's positions (Milletari, Navab and Ahmadi, "V-Net", 3DV 2016, with sums not squared). Of masks
     * alone.
     */
    DICE,
    /** The sum of both (Isensee et al., "nnU-Net", Nature Methods 2021). Of masks alone. */
    CROSS_ENTROPY_AND_DICE
}
