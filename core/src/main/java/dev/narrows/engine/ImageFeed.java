package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.narrows.data.Batches;
import dev.narrows.data.Normalisation;
import dev.narrows.data.Samples;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The images of batches on the device of a module, from which its methods take them ({@code torch.FeedScript}).
 *
 * <p>Images lie on the device as bytes, once for all trials, and an epoch sends the terms of its look-ups alone. Images
 * that are deformed, or that are too many, are made here and sent, a part of the epoch at a time.
 */
final class ImageFeed implements AutoCloseable {
    /** Bytes that are sent at once: batches are joined until they fill it. */
    private static final long PART_BYTES = 16L << 20;

    private final Runnable beat;
    private final Module module;
    private final Batches batches;
    private final NDArray levels;
    private final NDArray channels;
    private final DeviceImages.Lease images;
    private final dev.narrows.net.Shape shape;
    private final boolean masked;
    private final int largestPart;
    private final Map<SendBuffers.Use, NDArray> kept = new EnumMap<>(SendBuffers.Use.class);
    private final Map<SendBuffers.Use, NDArray> keptRows = new EnumMap<>(SendBuffers.Use.class);

    ImageFeed(Module module, Batches batches, Normalisation normalisation) {
        this(module, batches, normalisation, () -> {});
    }

    /** @param beat called before each batch that is asked about; it may throw */
    ImageFeed(Module module, Batches batches, Normalisation normalisation, Runnable beat) {
        this.beat = beat;
        this.module = module;
        this.batches = batches;
        Samples samples = batches.samples();
        this.shape = samples.shape();
        this.masked = samples.masked();
        if (normalisation.channels() != shape.channels()) {
            throw new IllegalArgumentException("Cannot normalise images of %s by figures of %d channels"
                    .formatted(shape, normalisation.channels()));
        }
        PtNDManager manager = module.manager();
        float[] numbers = normalisation.levels();
        this.levels = module.transfers().upload(manager, numbers);
        this.channels = manager.arange(0, numbers.length, numbers.length / shape.channels(), DataType.INT64);
        this.images = DeviceImages.lease(module, samples, batches.lookedUp());
        this.largestPart = largestPart();
    }

    private int largestPart() {
        int largest = 0;
        for (int first = 0; first < batches.size(); first = endOfPart(first)) {
            largest = Math.max(largest, images(first, endOfPart(first)));
        }
        return largest;
    }

    /** The batch behind the last one that is sent together with this one. */
    private int endOfPart(int first) {
        long bytes = batches.count(first) * bytesOfImage();
        int end = first + 1;
        while (end < batches.size() && bytes + batches.count(end) * bytesOfImage() <= PART_BYTES) {
            bytes += batches.count(end++) * bytesOfImage();
        }
        return end;
    }

    private long bytesOfImage() {
        long terms = Long.BYTES * (long) (shape.height() + shape.width());
        return images.resident() ? terms : terms + shape.elements() + (masked ? shape.positions() : 0);
    }

    private int images(int first, int end) {
        int count = 0;
        for (int batch = first; batch < end; batch++) {
            count += batches.count(batch);
        }
        return count;
    }

    Batches batches() {
        return batches;
    }

    /** One pass over the images, part after part. */
    Pass epoch(int number) {
        return new Pass(batches.epoch(number));
    }

    /** A method's question on each batch of a feed, in their order. */
    interface Asked {
        /**
         * Calls a method and gives its tensors, which the manager takes.
         *
         * @param places of the batch's images in the feed
         */
        NDList call(PtNDManager results, IValue list, IValue places);
    }

    /** Asks about every batch and gives the answers, which stay on the device. */
    List<NDList> ask(PtNDManager results, Asked asked) {
        List<NDList> answers = new ArrayList<>();
        try (Pass parts = epoch(0)) {
            while (parts.next()) {
                try (IValue list = parts.list();
                        NDArray all = module.manager().arange(0, parts.images(), 1, DataType.INT64)) {
                    long from = 0;
                    for (int batch = parts.first(); batch < parts.end(); batch++) {
                        beat.run();
                        long to = from + batches.count(batch);
                        try (NDArray places = all.get(new NDIndex("{}:{}", from, to));
                                IValue value = IValue.from((PtNDArray) places)) {
                            answers.add(asked.call(results, list, value));
                        }
                        from = to;
                    }
                }
            }
        }
        return answers;
    }

    @Override
    public void close() {
        images.close();
    }

    /** One pass over the images. */
    final class Pass implements AutoCloseable {
        private final Batches.Pass pass;
        private PtNDManager manager = (PtNDManager) module.manager().newSubManager();
        private int first;
        private int end;

        private Pass(Batches.Pass pass) {
            this.pass = pass;
        }

        /** Sends the next part; false at the end. Tensors given of the part before are invalid after that. */
        boolean next() {
            first = end;
            if (first == batches.size()) {
                return false;
            }
            manager.close();
            manager = (PtNDManager) module.manager().newSubManager();
            end = endOfPart(first);
            return true;
        }

        /** The first batch of this part, counted from 0. */
        int first() {
            return first;
        }

        /** The batch behind the last one of this part. */
        int end() {
            return end;
        }

        /** Images of this part. */
        int images() {
            return ImageFeed.this.images(first, end);
        }

        /** Sends this part and gives the list that the module's methods take; the caller closes it. */
        IValue list() {
            int count = images();
            NDArray labels = masked ? null : labels(count);
            List<NDArray> feed;
            if (images.resident()) {
                LongBuffer terms = longs(SendBuffers.Use.TERMS, count * terms());
                pass.terms(count, terms);
                feed = List.of(
                        images.pixels(), levels, channels, sent(count), labels == null ? images.masks() : labels);
            } else {
                ByteBuffer pixels = bytes(SendBuffers.Use.PIXELS, count * shape.elements());
                ByteBuffer masks = bytes(SendBuffers.Use.MASKS, masked ? count * shape.positions() : 0);
                pass.images(count, pixels, masks);
                places(count, longs(SendBuffers.Use.TERMS, count * terms()));
                NDArray table = sent(SendBuffers.Use.PIXELS, count, shape.positions(), shape.channels());
                feed = List.of(
                        table,
                        levels,
                        channels,
                        sent(count),
                        labels == null ? sent(SendBuffers.Use.MASKS, count, shape.positions(), 1) : labels);
            }
            return IValue.listFrom(feed.toArray(PtNDArray[]::new));
        }

        private long terms() {
            return (long) shape.height() + shape.width();
        }

        private LongBuffer longs(SendBuffers.Use use, long count) {
            return SendBuffers.take(use, count * Long.BYTES).asLongBuffer();
        }

        private ByteBuffer bytes(SendBuffers.Use use, long count) {
            return SendBuffers.take(use, count);
        }

        private NDArray labels(int count) {
            pass.labels(count, longs(SendBuffers.Use.LABELS, count));
            return sent(SendBuffers.Use.LABELS, count, new Shape(), DataType.INT64);
        }

        /** Terms of images that lie as they are, one behind the other. */
        private void places(int count, LongBuffer terms) {
            for (int image = 0; image < count; image++) {
                for (int y = 0; y < shape.height(); y++) {
                    terms.put(image * shape.positions() + (long) y * shape.width());
                }
                for (int x = 0; x < shape.width(); x++) {
                    terms.put(x);
                }
            }
        }

        private NDArray sent(int count) {
            return sent(SendBuffers.Use.TERMS, count, new Shape(terms()), DataType.INT64);
        }

        /** Bytes, of which each image has rows in a table. */
        private NDArray sent(SendBuffers.Use use, int count, long rows, int columns) {
            NDArray sent = sent(use, count, new Shape(rows, columns), DataType.UINT8);
            Shape table = new Shape(-1, columns);
            // What stays in its place has one view of it, not one of each part.
            return manager.getDevice().isGpu()
                    ? keptRows.computeIfAbsent(use, any -> sent.reshape(table))
                    : sent.reshape(table);
        }

        /**
         * Sends what lies in this thread's buffer. On a GPU it always lies in the same place, because a recorded step
         * reads it there.
         *
         * @param each shape of what an image has
         */
        private NDArray sent(SendBuffers.Use use, int count, Shape each, DataType type) {
            ByteBuffer buffer = SendBuffers.take(use, count * each.size() * type.getNumOfBytes());
            NDArray sent = module.transfers().upload(manager, buffer, new Shape(count).addAll(each), type);
            if (!manager.getDevice().isGpu()) {
                return sent;
            }
            NDArray place =
                    kept.computeIfAbsent(use, any -> module.manager().zeros(new Shape(largestPart).addAll(each), type));
            place.set(new NDIndex("0:{}", count), sent);
            return place;
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
