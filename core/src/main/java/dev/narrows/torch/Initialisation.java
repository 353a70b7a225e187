package dev.narrows.torch;

import dev.narrows.data.Seeds;
import dev.narrows.net.Layer;
import dev.narrows.torch.Slot.Role;
import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Weights before training, from a seed alone, by generators of a library whose sequences do not change with the JDK.
 *
 * <p>Weights are normal with variance 2 / fan-in (He et al., 2015), which keeps the size of activations through ReLUs
 * with or without normalisation; those of the last layer have variance 1 / fan-in, as no ReLU follows. Biases are 0,
 * norms begin as the identity.
 */
public final class Initialisation {
    private Initialisation() {}

    /** Initial values of every tensor of a network. */
    public static Weights of(Layer network, long seed) {
        var slots = Slots.of(network);
        String last = "";
        for (Slot slot : slots) {
            last = slot.role() == Role.WEIGHT ? slot.name() : last;
        }
        var normal = ZigguratSampler.NormalizedGaussian.of(Seeds.generator(seed, "weights", 0));
        Weights weights = new Weights();
        for (Slot slot : slots) {
            float[] values = new float[slot.shape().elements()];
            if (slot.role() == Role.WEIGHT) {
                double deviation = Math.sqrt((slot.name().equals(last) ? 1.0 : 2.0) / slot.fanIn());
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (deviation * normal.sample());
                }
            } else {
                Arrays.fill(values, (float) slot.initial());
            }
            weights.put(slot, values);
        }
        return weights;
    }
}
