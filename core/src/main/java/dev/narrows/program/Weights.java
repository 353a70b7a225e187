package dev.narrows.program;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a network's tensors by name, each in the order of its shape (N, C, H, W), outermost first. */
public final class Weights {
    private final Map<String, float[]> values = new LinkedHashMap<>();

    /**
     * Keeps the values of a tensor.
     *
     * @throws IllegalArgumentException where there are not as many values as the parameter holds
     */
    public void put(Parameter parameter, float[] tensor) {
        if (tensor.length != parameter.shape().elements()) {
            throw new IllegalArgumentException("Cannot put %d values into %s: it holds %d"
                    .formatted(
                            tensor.length, parameter.name(), parameter.shape().elements()));
        }
        values.put(parameter.name(), tensor);
    }

    /** The values themselves, not a copy: a network may have millions. */
    public float[] get(Parameter parameter) {
        float[] tensor = values.get(parameter.name());
        if (tensor == null) {
            throw new IllegalArgumentException("Cannot find the values of %s".formatted(parameter.name()));
        }
        return tensor;
    }
}
