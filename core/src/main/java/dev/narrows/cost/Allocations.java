package dev.narrows.cost;

import dev.narrows.net.Pool;
import dev.narrows.program.ElementType;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a program, allocated and freed in the order of its steps; {@link Memory} says how. */
final class Allocations implements Step.Visitor<Buffer> {
    private static final int INDEX_BYTES = 8;

    /** oneDNN counts the positions of a window. */
    private static final int BLOCKED_INDEX_BYTES = 1;

    private final int images;
    private final boolean training;
    private final Map<Tensor, Buffer> buffers = new HashMap<>();
    private final Gradients gradients = new Gradients();
    private long live;
    private long kept;
    private long peak;

    private Allocations(int images, boolean training) {
        this.images = images;
        this.training = training;
    }

    /**
     * The most bytes at one time, of a forward pass or, in training, of a forward and a backward pass.
     *
     * @param images of a batch
     * @throws ArithmeticException where they are more than 64 bits hold
     */
    static long peak(Program program, int images, boolean training) {
        Allocations allocations = new Allocations(images, training);
        Map<Tensor, List<Step>> readers = program.readers();
        Buffer input = allocations.allocate(program.input(), false);
        // The caller reads the images too.
        input.addReaders(1 + readers.getOrDefault(program.input(), List.of()).size());
        allocations.buffers.put(program.input(), input);
        for (Step step : program.steps()) {
            Buffer out = step.accept(allocations);
            step.output().ifPresent(tensor -> {
                out.addReaders(readers.getOrDefault(tensor, List.of()).size());
                allocations.buffers.put(tensor, out);
            });
            step.inputs().forEach(tensor -> allocations.read(allocations.buffer(tensor)));
        }
        return training
                ? Math.max(
                        allocations.peak,
                        allocations.gradients.peak(
                                tensor -> allocations.buffer(tensor).gradientBytes()))
                : allocations.peak;
    }

    private Buffer buffer(Tensor tensor) {
        Buffer buffer = buffers.get(tensor);
        if (buffer == null) {
            throw new IllegalArgumentException("Cannot count %s: no step wrote it".formatted(tensor));
        }
        return buffer;
    }

    private Buffer allocate(Tensor tensor, boolean differentiable) {
        Buffer buffer = new Buffer(tensor.bytes(images), differentiable);
        grow(buffer.bytes());
        return buffer;
    }

    private void grow(long bytes) {
        live = Math.addExact(live, bytes);
        peak = Math.max(peak, live);
    }

    private void read(Buffer buffer) {
        if (buffer.readOnce() && !buffer.kept()) {
            live -= buffer.bytes();
        }
    }

    /** Keeps a tensor for the backward pass, where there is to be one. */
    private void keep(Buffer buffer) {
        if (training && buffer.keep()) {
            kept = Math.addExact(kept, buffer.bytes());
        }
    }

    /** Allocates what a step needs beside its output: for the backward pass too, or else until {@link #dropped}. */
    private void beside(long bytes) {
        grow(bytes);
        if (training) {
            kept = Math.addExact(kept, bytes);
        }
    }

    private void dropped(long bytes) {
        if (!training) {
            live -= bytes;
        }
    }

    /** A step with a weight: keeps its input, and a copy of the weight where that is narrower than fp32. */
    private Buffer weighted(Step.Single step, long weights) {
        ElementType type = step.in().type();
        long copy = type.reduced() ? Math.multiplyExact(weights, (long) type.bytes()) : 0;
        long gradient = Math.multiplyExact(weights, (long) ElementType.FP32.bytes());
        Buffer in = buffer(step.in());
        keep(in);
        beside(copy);
        Buffer out = allocate(step.out(), true);
        dropped(copy);
        gradients.step(step, kept, out.bytes(), in.gradientBytes(), Math.addExact(copy, gradient));
        return out;
    }

    /** A step that gives a new tensor, and keeps its input or not. */
    private Buffer fresh(Step.Single step, boolean keepsInput) {
        Buffer in = buffer(step.in());
        if (keepsInput) {
            keep(in);
        }
        Buffer out = allocate(step.out(), true);
        gradients.step(step, kept, out.bytes(), in.gradientBytes(), 0);
        return out;
    }

    private Buffer freshBeside(Step.Single step, long bytes) {
        beside(bytes);
        Buffer out = fresh(step, true);
        dropped(bytes);
        return out;
    }

    @Override
    public Buffer convolve(Step.Convolve step) {
        long all = step.filter().conv().weights();
        long read = Math.multiplyExact(all / step.filter().conv().in(), (long)
                (step.filter().to() - step.filter().from()));
        return weighted(step, step.filter().whole() ? all : read);
    }

    @Override
    public Buffer convolveTransposed(Step.ConvolveTransposed step) {
        return weighted(step, step.conv().weights());
    }

    @Override
    public Buffer project(Step.Project step) {
        return weighted(step, step.linear().weights());
    }

    @Override
    public Buffer normaliseBatch(Step.NormaliseBatch step) {
        return fresh(step, true);
    }

    /** Mean and variance of each position, in fp32. */
    @Override
    public Buffer normaliseLayer(Step.NormaliseLayer step) {
        long scalars = Math.multiplyExact(2L * images, step.in().shape().positions());
        return freshBeside(step, Math.multiplyExact(scalars, (long) ElementType.FP32.bytes()));
    }

    @Override
    public Buffer activate(Step.Activate step) {
        Buffer in = buffer(step.in());
        if (step.inPlace()) {
            keep(in);
            gradients.step(step, kept, in.bytes(), in.gradientBytes(), 0);
            return in;
        }
        boolean readsInput = switch (step.kind()) {
            case RELU -> false;
            case RELU6, GELU -> true;
        };
        Buffer out = fresh(step, readsInput);
        if (!readsInput) {
            keep(out);
        }
        return out;
    }

    @Override
    public Buffer poolWindows(Step.PoolWindows step) {
        int indexBytes = step.in().blocked() ? BLOCKED_INDEX_BYTES : INDEX_BYTES;
        long scalars = Math.multiplyExact(step.out().stored().elements(), (long) images);
        boolean indexed = step.pool().kind() == Pool.Kind.MAX;
        return freshBeside(step, indexed ? Math.multiplyExact(scalars, (long) indexBytes) : 0);
    }

    @Override
    public Buffer poolToSize(Step.PoolToSize step) {
        return fresh(step, true);
    }

    /** Channels lie innermost, so only a map of one position is already in a vector's order. */
    @Override
    public Buffer flattenMaps(Step.FlattenMaps step) {
        return step.in().shape().positions() == 1 ? view(step) : fresh(step, false);
    }

    /** Memory that the output shares with the input. */
    private Buffer view(Step.Single step) {
        gradients.step(step, 0, 0, 0, 0);
        return buffer(step.in());
    }

    @Override
    public Buffer enlarge(Step.Enlarge step) {
        return fresh(step, false);
    }

    @Override
    public Buffer scaleChannels(Step.ScaleChannels step) {
        return fresh(step, true);
    }

    @Override
    public Buffer cutOut(Step.CutOut step) {
        return view(step);
    }

    @Override
    public Buffer convert(Step.Convert step) {
        Buffer in = buffer(step.in());
        Buffer out = allocate(step.out(), in.differentiable());
        gradients.step(step, kept, out.gradientBytes(), in.gradientBytes(), 0);
        return out;
    }

    @Override
    public Buffer add(Step.Add step) {
        gradients.step(step, 0, 0, 0, 0);
        for (Tensor term : step.terms()) {
            if (step.consumed().contains(term)) {
                return buffer(term);
            }
        }
        return allocate(step.out(), true);
    }

    @Override
    public Buffer concatenate(Step.Concatenate step) {
        Buffer out = allocate(step.out(), true);
        gradients.step(step, 0, out.bytes(), 0, 0);
        return out;
    }

    @Override
    public Buffer measure(Step.MeasureTap step) {
        return buffer(step.in());
    }
}
