package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures of training steps that stay on the device until they are read together: one wait for many steps.
 *
 * <p>They are read before they are more than {@link ReadingPace#MOST_STEPS}, so that memory does not grow with the
 * length of an epoch.
 */
final class UnreadSteps implements AutoCloseable {
    private final PtNDManager manager;
    private final Transfers transfers;
    private final NDList losses = new NDList();
    private final NDList hits = new NDList();
    private final NDList squaredNorms = new NDList();
    private final NDList counted = new NDList();
    private final List<Long> sizes = new ArrayList<>();

    UnreadSteps(Module module) {
        this.manager = (PtNDManager) module.manager().newSubManager();
        this.transfers = module.transfers();
    }

    /**
     * Keeps a step whose gradients have been computed.
     *
     * @param out of the module's loss: the loss, the hits, and the positions where not all count
     * @param squaredNorm of the first layer's gradient
     * @param size of the labels: what counts where the module does not say
     */
    void add(NDList out, NDArray squaredNorm, long size) {
        // A loss that remembers its operations would keep them.
        keep(losses, out.get(0).stopGradient());
        keep(hits, out.get(1));
        keep(squaredNorms, squaredNorm);
        if (out.size() > 2) {
            keep(counted, out.get(2));
        }
        sizes.add(size);
    }

    private void keep(NDList list, NDArray scalar) {
        scalar.attach(manager);
        list.add(scalar);
    }

    int count() {
        return sizes.size();
    }

    /** Figures of all steps since the last reading, in their order. */
    List<StepFigures> read() {
        int count = count();
        if (count == 0) {
            return List.of();
        }
        float[] loss = floats(losses);
        long[] right = longs(hits);
        float[] norm = floats(squaredNorms);
        long[] all = counted.isEmpty() ? new long[0] : longs(counted);
        List<StepFigures> figures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            figures.add(new StepFigures(loss[i], right[i], all.length == 0 ? sizes.get(i) : all[i], norm[i]));
        }
        clear();
        return figures;
    }

    private float[] floats(NDList scalars) {
        try (NDArray array = NDArrays.stack(scalars)) {
            return transfers.floats(array);
        }
    }

    private long[] longs(NDList scalars) {
        try (NDArray array = NDArrays.stack(scalars)) {
            return transfers.longs(array);
        }
    }

    private void clear() {
        for (NDList list : List.of(losses, hits, squaredNorms, counted)) {
            list.close();
            list.clear();
        }
        sizes.clear();
    }

    /** Tensors that are kept. */
    int tensors() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
