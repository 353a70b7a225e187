package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Samples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of images on a device, once for all trials of this process that look up pixels in them.
 *
 * <p>A processor reads them where they lie. On a GPU they stay for the next trial of the same images, and go when a
 * trial comes for others.
 */
final class DeviceImages {
    /** Larger images go to a device in parts, so that they do not crowd out what is computed with them. */
    private static final long MOST_BYTES = 8L << 30;

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
        if (!wanted || bytes(samples) > MOST_BYTES || !direct(samples)) {
            return new Lease(new NDList(), () -> {});
        }
        PtNDManager manager = module.manager();
        if (!manager.getDevice().isGpu()) {
            boolean whole = samples.pixels().size() == 1 && samples.masks().size() <= 1;
            return new Lease(whole ? tables(module.transfers(), manager, samples) : new NDList(), () -> {});
        }
        return shared(module, samples);
    }

    private static long bytes(Samples samples) {
        return samples.size()
                * (samples.shape().elements()
                        + (samples.masked() ? samples.shape().positions() : 0L));
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

    private static NDArray table(Transfers transfers, PtNDManager manager, List<ByteBuffer> buffers, int channels) {
        NDList parts = new NDList();
        for (ByteBuffer buffer : buffers) {
            parts.add(transfers.upload(
                    manager, buffer, new Shape(buffer.remaining() / channels, channels), DataType.UINT8));
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        try (parts) {
            return NDArrays.concat(parts);
        }
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
        Kept kept = new Kept(samples, device, manager, tables(module.transfers(), manager, samples));
        KEPT.add(kept);
        return kept;
    }

    private static synchronized void release(Kept kept) {
        kept.trials--;
    }
}
