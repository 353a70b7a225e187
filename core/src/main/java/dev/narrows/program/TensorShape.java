package dev.narrows.program;

import java.util.List;

/** The sizes of a tensor, outermost first. */
public record TensorShape(List<Integer> sizes) {
    public TensorShape {
        sizes = List.copyOf(sizes);
    }

    public static TensorShape of(Integer... sizes) {
        return new TensorShape(List.of(sizes));
    }

    /** Number of scalars. */
    public int elements() {
        int product = 1;
        for (int size : sizes) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    /** True if the order of the four dimensions in memory may differ from that of their names. */
    public boolean isImage() {
        return sizes.size() == 4;
    }

    /**
     * Distance of neighbours in memory: for (N, C, H, W) the channels are innermost, C being next to one another,
     * which libtorch calls channels-last; else the last dimension is.
     */
    public List<Integer> strides() {
        if (isImage()) {
            int c = sizes.get(1);
            int h = sizes.get(2);
            int w = sizes.get(3);
            return List.of(c * h * w, 1, w * c, c);
        }
        Integer[] strides = new Integer[sizes.size()];
        int step = 1;
        for (int i = sizes.size() - 1; i >= 0; i--) {
            strides[i] = step;
            step *= sizes.get(i);
        }
        return List.of(strides);
    }
}
