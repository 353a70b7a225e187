package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Samples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The bytes of images on a device, once for all trials of this process that look up pixels in them.
 *
 * <p>A processor reads them where they lie. On a GPU they stay for the next trial of the same images, and go when a
 * trial comes for others.
 */
final class DeviceImages {
    /** Training, validation and test images of one set. */
    private static final int PARTS = 3;

    private static final List<Kept> KEPT = new ArrayList<>();

    private DeviceImages() {}

    /** Images on one GPU. */
    private static final class Kept {
        private final Samples samples;
        private final String device;
        private final PtNDManager manager;
        private final NDList tables;
        private int trials;

        private Kept(Samples samples, String device, PtNDManager manager, NDList tables) {
            this.samples = samples;
            this.device = device;
            this.manager = manager;
            this.tables = tables;
        }
    }

    /** A trial's use of images; tables only where they are resident. */
    static final class Lease implements AutoCloseable {
        private final NDList tables;
        private final Runnable end;

        private Lease(NDList tables, Runnable end) {
            this.tables = tables;
            this.end = end;
        }

        /** True where all images lie on the device. */
        boolean resident() {
            return !tables.isEmpty();
        }

        /** Bytes (images·H·W, C). */
        NDArray pixels() {
            return tables.get(0);
        }

        /** Bytes (images·H·W, 1), of images with masks. */
        NDArray masks() {
            return tables.get(1);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /**
     * Images for a module, on its device.
     *
     * @param wanted false where the trial has no use for all of them
     */
    static Lease lease(Module module, Samples samples, boolean wanted) {
        boolean stay = ResidentImages.stay(samples.shape(), samples.masked(), samples.size());
        if (!wanted || !stay || !direct(samples)) {
            return new Lease(new NDList(), () -> {});
        }
        PtNDManager manager = module.manager();
        if (!manager.getDevice().isGpu()) {
            boolean whole = samples.pixels().size() == 1 && samples.masks().size() <= 1;
            return new Lease(whole ? tables(module.transfers(), manager, samples) : new NDList(), () -> {});
        }
        return shared(module, samples);
    }

    private static boolean direct(Samples samples) {
        return samples.pixels().stream().allMatch(ByteBuffer::isDirect);
    }

    private static NDList tables(Transfers transfers, PtNDManager manager, Samples samples) {
        NDList tables = new NDList(
                table(transfers, manager, samples.pixels(), samples.shape().channels()));
        if (samples.masked()) {
            tables.add(table(transfers, manager, samples.masks(), 1));
        }
        return tables;
    }

    /**
     * Buffers as one table, which is whole when this returns: other threads read it on streams of their own.
     *
     * @param buffers each of whole rows
     */
    static NDArray table(Transfers transfers, PtNDManager manager, List<ByteBuffer> buffers, int channels) {
        if (buffers.size() == 1) {
            return upload(transfers, manager, buffers.get(0), channels);
        }
        long rows = buffers.stream().mapToLong(ByteBuffer::remaining).sum() / channels;
        NDArray whole = manager.zeros(new Shape(rows, channels), DataType.UINT8);
        long from = 0;
        for (ByteBuffer buffer : buffers) {
            // A buffer beside the whole, and not all of them.
            try (NDArray part = upload(transfers, manager, buffer, channels)) {
                long to = from + part.getShape().get(0);
                whole.set(new NDIndex("{}:{}", from, to), part);
                from = to;
            }
        }
        // To read what was written last waits for it.
        try (NDArray last = whole.get(new NDIndex("{}:{}", rows - 1, rows))) {
            transfers.bytes(last);
        }
        return whole;
    }

    private static NDArray upload(Transfers transfers, PtNDManager manager, ByteBuffer buffer, int channels) {
        return transfers.upload(manager, buffer, new Shape(buffer.remaining() / channels, channels), DataType.UINT8);
    }

    private static synchronized Lease shared(Module module, Samples samples) {
        String device = module.manager().getDevice().toString();
        Kept kept = KEPT.stream()
                .filter(one -> one.samples == samples && one.device.equals(device))
                .findFirst()
                .orElseGet(() -> load(module, samples, device));
        kept.trials++;
        return new Lease(kept.tables, () -> release(kept));
    }

    private static Kept load(Module module, Samples samples, String device) {
        List<Kept> here = KEPT.stream().filter(one -> one.device.equals(device)).toList();
        if (here.size() >= PARTS) {
            here.stream().filter(one -> one.trials == 0).forEach(one -> {
                one.manager.close();
                KEPT.remove(one);
            });
        }
        PtNDManager manager = (PtNDManager) ai.djl.engine.Engine.getEngine(Natives.ENGINE)
                .newBaseManager(module.manager().getDevice());
        NDList tables = loaded(manager, own -> tables(module.transfers(), own, samples));
        Kept kept = new Kept(samples, device, manager, tables);
        KEPT.add(kept);
        return kept;
    }

    /** Loads something into a manager of its own, which is closed where that fails. */
    static <T> T loaded(PtNDManager manager, Function<PtNDManager, T> loading) {
        try {
            return loading.apply(manager);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private static synchronized void release(Kept kept) {
        kept.trials--;
    }
}
