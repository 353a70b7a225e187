package dev.narrows.torch;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a network's tensors by name, each in the order of its shape (N, C, H, W), outermost first. */
public final class Weights {
    private final Map<String, float[]> values = new LinkedHashMap<>();

    /**
     * Keeps the values of a tensor.
     *
     * @throws IllegalArgumentException where there are not as many values as the slot holds
     */
    public void put(Slot slot, float[] tensor) {
        if (tensor.length != slot.shape().elements()) {
            throw new IllegalArgumentException("Cannot put %d values into %s: it holds %d"
                    .formatted(tensor.length, slot.name(), slot.shape().elements()));
        }
        values.put(slot.name(), tensor);
    }

    /** The values themselves, not a copy: a network may have millions. */
    public float[] get(Slot slot) {
        float[] tensor = values.get(slot.name());
        if (tensor == null) {
            throw new IllegalArgumentException("Cannot find the values of %s".formatted(slot.name()));
        }
        return tensor;
    }
}
