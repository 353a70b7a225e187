package dev.narrows.cost;

import dev.narrows.cost.Ledger.Tensor;
import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Crop;
import dev.narrows.net.Flatten;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Pool;
import dev.narrows.net.Scale;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import dev.narrows.net.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reading of the tree: the tensors of a pass, allocated and freed in the order of a run; {@link Memory} says how. */
final class Allocations implements Visitor<Allocations.Value, Allocations.Value> {
    private static final int FP32_BYTES = 4;
    private static final int INDEX_BYTES = 8;

    /** oneDNN counts the positions of a window. */
    private static final int BLOCKED_INDEX_BYTES = 1;

    /**
     * What flows between layers.
     *
     * @param owned whether its tensor may be overwritten: nobody else reads it, not even a backward pass
     * @param folds whether a batch norm that follows is folded away when deployed
     * @param spare how many channels of zeros lie behind those of its shape
     */
    record Value(Tensor tensor, Shape shape, boolean owned, boolean folds, int scalarBytes, int spare) {
        Value(Tensor tensor, Shape shape, boolean owned, boolean folds, int scalarBytes) {
            this(tensor, shape, owned, folds, scalarBytes, 0);
        }

        /** The shape in memory. */
        private Shape stored() {
            return widened(shape, spare);
        }
    }

    private static Shape widened(Shape shape, int spare) {
        return new Shape(shape.channels() + spare, shape.height(), shape.width());
    }

    private final int batch;
    private final int valueBytes;
    private final int scoring;
    private final boolean blocked;
    private final Ledger ledger;
    private int weighted;

    private Allocations(int batch, int valueBytes, boolean training, boolean blocked, int scoring) {
        this.batch = batch;
        this.blocked = blocked;
        this.valueBytes = valueBytes;
        this.scoring = scoring;
        this.ledger = new Ledger(training);
    }

    /** The most bytes at one time, of a forward pass or, in training, of a forward and a backward pass. */
    static long peak(Layer network, Shape input, int batch, int valueBytes, boolean training) {
        // The layer of the scores computes in fp32, and only a first reading tells which is the last.
        Allocations first = new Allocations(batch, valueBytes, false, false, -1);
        first.run(network, input);
        boolean blocked = training && valueBytes < FP32_BYTES && BlockedLayout.suits(network);
        Allocations second = new Allocations(batch, valueBytes, training, blocked, first.weighted);
        second.run(network, input);
        return second.ledger.peak();
    }

    private void run(Layer network, Shape input) {
        Tensor images = ledger.allocate(scalars(input, FP32_BYTES), false);
        // The caller reads them too.
        images.addReaders(1);
        network.accept(this, new Value(images, input, false, false, FP32_BYTES));
    }

    private long scalars(Shape shape, int scalarBytes) {
        return Math.multiplyExact(Math.multiplyExact(shape.elements(), (long) batch), scalarBytes);
    }

    private Value converted(Value x, int scalarBytes) {
        if (x.scalarBytes() == scalarBytes) {
            return x;
        }
        Tensor copy =
                ledger.allocate(scalars(x.shape(), scalarBytes), x.tensor().differentiable());
        ledger.backward(copy.gradientBytes(), x.tensor().gradientBytes(), 0);
        ledger.free(x.tensor());
        return new Value(copy, x.shape(), true, false, scalarBytes);
    }

    /** A layer with a weight: keeps its input, and a copy of the weight where that is narrower than fp32. */
    private Value weighted(Value x, Shape output, long weights, boolean fp32) {
        Value in = converted(x, fp32 ? FP32_BYTES : valueBytes);
        int width = in.scalarBytes();
        long copy = width == FP32_BYTES ? 0 : Math.multiplyExact(weights, (long) width);
        ledger.keep(in.tensor());
        ledger.beside(copy);
        Tensor out = ledger.allocate(scalars(output, width), true);
        ledger.dropped(copy);
        ledger.backward(out.bytes(), in.tensor().gradientBytes(), Math.addExact(copy, Math.multiplyExact(weights, (long)
                FP32_BYTES)));
        ledger.free(in.tensor());
        return new Value(out, output, true, true, width);
    }

    /** A layer that gives a new tensor, and keeps its input or not. */
    private Value fresh(Value x, Shape output, boolean keepsInput) {
        if (keepsInput) {
            ledger.keep(x.tensor());
        }
        Tensor out = ledger.allocate(scalars(output, x.scalarBytes()), true);
        ledger.backward(out.bytes(), x.tensor().gradientBytes(), 0);
        ledger.free(x.tensor());
        return new Value(out, output, true, false, x.scalarBytes());
    }

    @Override
    public Value conv(Conv conv, Value x) {
        return conv(conv, x, conv.depthwise() ? x.spare() : 0);
    }

    private Value blockedConv(Conv conv, Value x) {
        weighted++;
        Shape output = conv.output(x.shape());
        int spare = BlockedLayout.spare(conv.out());
        Value in = BlockedLayout.picksPositions(conv)
                ? fresh(x, widened(new Shape(conv.in(), output.height(), output.width()), x.spare()), true)
                : x;
        Value out = weighted(in, widened(output, spare), conv.weights(), false);
        return new Value(out.tensor(), output, true, false, out.scalarBytes(), spare);
    }

    private Value conv(Conv conv, Value x, int spare) {
        if (blocked) {
            return blockedConv(conv, x);
        }
        weighted++;
        boolean fp32 = weighted == scoring || (ledger.training() && ReducedPrecision.trainsInFp32(conv));
        Shape output = conv.output(x.shape());
        Value out = weighted(x, widened(output, spare), conv.weights(), fp32);
        return new Value(out.tensor(), output, true, true, out.scalarBytes(), spare);
    }

    @Override
    public Value transposedConv(TransposedConv conv, Value x) {
        weighted++;
        return weighted(x, conv.output(x.shape()), conv.weights(), false);
    }

    @Override
    public Value linear(Linear linear, Value x) {
        weighted++;
        return weighted(x, linear.output(x.shape()), linear.weights(), weighted == scoring);
    }

    @Override
    public Value norm(Norm norm, Value x) {
        boolean folded = !ledger.training() && x.folds();
        return switch (norm.kind()) {
            case BATCH -> folded ? x : normed(x);
            case LAYER -> {
                long statistics =
                        Math.multiplyExact(2L * FP32_BYTES * batch, x.shape().positions());
                ledger.beside(statistics);
                Value out = fresh(x, norm.output(x.shape()), true);
                ledger.dropped(statistics);
                yield out;
            }
        };
    }

    private Value normed(Value x) {
        Value out = fresh(x, x.stored(), true);
        return new Value(out.tensor(), x.shape(), true, false, out.scalarBytes(), x.spare());
    }

    @Override
    public Value activation(Activation activation, Value x) {
        boolean readsInput = switch (activation.kind()) {
            case RELU -> false;
            case RELU6, GELU -> true;
        };
        boolean inPlace = x.owned() && activation.kind() != Activation.Kind.GELU && !(ledger.training() && readsInput);
        if (inPlace) {
            ledger.keep(x.tensor());
            ledger.backward(x.tensor().bytes(), x.tensor().gradientBytes(), 0);
            return new Value(x.tensor(), x.shape(), false, false, x.scalarBytes(), x.spare());
        }
        Value out = fresh(x, x.stored(), readsInput);
        if (!readsInput) {
            ledger.keep(out.tensor());
        }
        return new Value(out.tensor(), x.shape(), false, false, x.scalarBytes(), x.spare());
    }

    @Override
    public Value pool(Pool pool, Value x) {
        Shape output = pool.output(x.shape());
        Shape stored = widened(output, x.spare());
        long indices = pool.kind() == Pool.Kind.MAX ? scalars(stored, blocked ? BLOCKED_INDEX_BYTES : INDEX_BYTES) : 0;
        ledger.beside(indices);
        Value out = fresh(x, stored, true);
        ledger.dropped(indices);
        return new Value(out.tensor(), output, true, false, out.scalarBytes(), x.spare());
    }

    @Override
    public Value adaptivePool(AdaptivePool pool, Value x) {
        return fresh(x, pool.output(x.shape()), true);
    }

    @Override
    public Value flatten(Flatten flatten, Value x) {
        // Channels lie innermost, so only a map of one position is already in a vector's order.
        return x.shape().positions() == 1 ? x : fresh(x, flatten.output(x.shape()), false);
    }

    @Override
    public Value upsample(Upsample upsample, Value x) {
        return fresh(x, upsample.output(x.shape()), false);
    }

    @Override
    public Value scale(Scale scale, Value x) {
        return fresh(x, scale.output(x.shape()), true);
    }

    @Override
    public Value crop(Crop crop, Value x) {
        return new Value(x.tensor(), crop.output(x.shape()), false, false, x.scalarBytes());
    }

    @Override
    public Value tap(Tap tap, Value x) {
        return x;
    }

    @Override
    public Value block(Block block, Value x) {
        return block.body().accept(this, x);
    }

    @Override
    public Value chain(Chain chain, Value x) {
        Value value = x;
        List<Layer> steps = chain.steps();
        for (int i = 0; i < steps.size(); i++) {
            int spare = ledger.training() && valueBytes == FP32_BYTES ? SpareChannels.behind(steps, i) : 0;
            value = spare > 0
                    ? conv((Conv) steps.get(i), value, spare)
                    : steps.get(i).accept(this, value);
        }
        return value;
    }

    @Override
    public Value fork(Fork fork, Value x) {
        Optional<CommonEnd> end = ledger.training() && !blocked ? CommonEnd.of(fork) : Optional.empty();
        List<Layer> branches = end.map(CommonEnd::bodies).orElse(fork.branches());
        Shape output = fork.output(x.shape());
        long outputGradient = scalars(output, valueBytes);
        List<Value> merged = new ArrayList<>(branches.size());
        x.tensor().addReaders(branches.size() - 1);
        Value shared = new Value(x.tensor(), x.shape(), false, false, x.scalarBytes(), x.spare());
        for (int i = 0; i < branches.size(); i++) {
            // Backward goes from the last branch to the first: the merged gradient waits for those before, the input's
            // gradients from those behind wait to be added.
            long waits = (i > 0 || fork.merge() == Fork.Merge.CONCAT ? outputGradient : 0)
                    + (i < branches.size() - 1 ? x.tensor().gradientBytes() : 0);
            ledger.await(waits);
            merged.add(branches.get(i).accept(this, shared));
            ledger.await(-waits);
        }
        boolean reduced = merged.stream().anyMatch(value -> value.scalarBytes() == valueBytes);
        if (reduced) {
            merged.replaceAll(value -> converted(value, valueBytes));
        }
        return switch (fork.merge()) {
            case ADD -> merged.stream().reduce(this::added).orElseThrow();
            case CONCAT -> {
                Value joined = concatenated(merged, output);
                yield end.isPresent() ? ended(joined, end.get()) : joined;
            }
        };
    }

    private Value ended(Value joined, CommonEnd end) {
        Value normed = normed(joined);
        return end.activation()
                .map(activation -> activation(activation, normed))
                .orElse(normed);
    }

    private Value added(Value a, Value b) {
        if (b.owned()) {
            ledger.free(a.tensor());
            return new Value(b.tensor(), b.shape(), true, false, b.scalarBytes(), b.spare());
        }
        if (a.owned()) {
            ledger.free(b.tensor());
            return new Value(a.tensor(), a.shape(), true, false, a.scalarBytes(), a.spare());
        }
        Tensor sum = ledger.allocate(scalars(a.stored(), a.scalarBytes()), true);
        ledger.free(a.tensor());
        ledger.free(b.tensor());
        return new Value(sum, a.shape(), true, false, a.scalarBytes(), a.spare());
    }

    private Value concatenated(List<Value> branches, Shape output) {
        int width = branches.get(0).scalarBytes();
        if (blocked) {
            Tensor parts = ledger.joined(branches.stream().map(Value::tensor).toList());
            int spare = branches.stream().mapToInt(Value::spare).sum();
            return new Value(parts, output, false, false, width, spare);
        }
        Tensor out = ledger.allocate(scalars(output, width), true);
        branches.forEach(branch -> ledger.free(branch.tensor()));
        return new Value(out, output, true, false, width);
    }
}
