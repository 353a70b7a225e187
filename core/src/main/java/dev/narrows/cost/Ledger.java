package dev.narrows.cost;

import java.util.List;

/** The bytes of tensors during a pass: what lives, what is kept for the backward pass, and the most there ever was. */
final class Ledger {
    /** Memory that values share; freed when nobody refers to it any more. */
    static final class Tensor {
        private final long bytes;
        private final boolean differentiable;
        private final List<Tensor> parts;
        private int readers = 1;
        private boolean kept;

        private Tensor(long bytes, boolean differentiable, List<Tensor> parts) {
            this.bytes = bytes;
            this.differentiable = differentiable;
            this.parts = parts;
        }

        long bytes() {
            return bytes;
        }

        boolean differentiable() {
            return differentiable;
        }

        /** The images themselves have no gradient. */
        long gradientBytes() {
            return differentiable ? bytes : 0;
        }

        void addReaders(int more) {
            readers += more;
        }
    }

    private final boolean training;
    private long live;
    private long kept;
    private long waiting;
    private long peak;

    Ledger(boolean training) {
        this.training = training;
    }

    boolean training() {
        return training;
    }

    long peak() {
        return peak;
    }

    Tensor allocate(long bytes, boolean differentiable) {
        grow(bytes);
        return new Tensor(bytes, differentiable, List.of());
    }

    /** Several tensors as one, without memory of its own; it reads them until it is freed. */
    Tensor joined(List<Tensor> parts) {
        return new Tensor(parts.stream().mapToLong(Tensor::bytes).sum(), true, parts);
    }

    void free(Tensor tensor) {
        tensor.readers--;
        if (tensor.readers == 0 && tensor.parts.isEmpty()) {
            live -= tensor.bytes;
        } else if (tensor.readers == 0) {
            tensor.parts.forEach(this::free);
        }
    }

    /** Keeps a tensor for the backward pass, where there is to be one. */
    void keep(Tensor tensor) {
        if (training && !tensor.kept) {
            tensor.kept = true;
            if (tensor.parts.isEmpty()) {
                tensor.readers++;
                kept = Math.addExact(kept, tensor.bytes);
            } else {
                tensor.parts.forEach(this::keep);
            }
        }
    }

    /**
     * Allocates what a layer needs beside its output (indices, statistics, a copy of its weight): for the backward pass
     * too, or else until {@link #dropped}.
     */
    void beside(long bytes) {
        grow(bytes);
        if (training) {
            kept = Math.addExact(kept, bytes);
        }
    }

    void dropped(long bytes) {
        if (!training) {
            live -= bytes;
        }
    }

    /** A layer's part of the backward pass: gradients, on top of what is kept up to this layer. */
    void backward(long outputGradient, long inputGradient, long weightGradient) {
        if (training) {
            long gradients = Math.addExact(Math.addExact(outputGradient, inputGradient), weightGradient);
            peak = Math.max(peak, Math.addExact(Math.addExact(kept, waiting), gradients));
        }
    }

    /** Gradients that lie waiting at a fork, or no longer do where the bytes are negative. */
    void await(long bytes) {
        waiting = Math.addExact(waiting, bytes);
    }

    private void grow(long bytes) {
        live = Math.addExact(live, bytes);
        peak = Math.max(peak, live);
    }
}
