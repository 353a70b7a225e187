package dev.narrows.program;

import dev.narrows.data.random.Seeds;
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

    /** Initial values of every parameter of a program, drawn in their order. */
    public static Weights of(Program program, long seed) {
        Parameter last = program.lastWeight();
        var normal = ZigguratSampler.NormalizedGaussian.of(Seeds.generator(seed, "weights", 0));
        Weights weights = new Weights();
        for (Parameter parameter : program.parameters()) {
            float[] values = new float[parameter.shape().elements()];
            if (parameter.role() == Parameter.Role.WEIGHT) {
                double deviation = Math.sqrt((parameter.equals(last) ? 1.0 : 2.0) / parameter.fanIn());
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (deviation * normal.sample());
                }
            } else {
                Arrays.fill(values, (float) parameter.initial());
            }
            weights.put(parameter, values);
        }
        return weights;
    }
}
