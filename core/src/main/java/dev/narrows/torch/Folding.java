package dev.narrows.torch;

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
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import dev.narrows.net.Visitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A reading of the tree: the same function with each batch norm that follows a convolution folded into it, as networks
 * are deployed.
 *
 * <p>With scale s = γ / √(σ² + ε) of each output channel, the weight becomes s·w and the bias β + s·(b − μ), where μ
 * and σ² are the running statistics (Jacob et al., 2018). A batch norm that follows anything else stays.
 */
public final class Folding implements Visitor<Deque<float[]>, Layer> {
    private final List<float[]> tensors = new ArrayList<>();

    private Folding() {}

    /** A network and its weights. */
    public record Folded(Layer network, Weights weights) {}

    /** The folded form of a network. */
    public static Folded of(Layer network, Weights weights) {
        Deque<float[]> left = new ArrayDeque<>();
        for (Slot slot : Slots.of(network)) {
            left.add(weights.get(slot));
        }
        Folding folding = new Folding();
        Layer folded = network.accept(folding, left);
        List<Slot> slots = Slots.of(folded);
        Weights values = new Weights();
        for (int i = 0; i < slots.size(); i++) {
            values.put(slots.get(i), folding.tensors.get(i));
        }
        return new Folded(folded, values);
    }

    /** Hands so many tensors on as they are. */
    private void keep(Deque<float[]> left, int count) {
        for (int i = 0; i < count; i++) {
            tensors.add(left.removeFirst());
        }
    }

    private static boolean isBatchNorm(Layer layer) {
        return layer instanceof Norm norm && norm.kind() == Norm.Kind.BATCH;
    }

    /**
     * Takes the tensors of a convolution and of the batch norm after it, and leaves the folded weight and bias.
     *
     * @param inner how many consecutive weights share an output channel
     * @param outputs how many output channels there are
     */
    private void fold(Deque<float[]> left, boolean bias, int inner, int outputs) {
        float[] weight = left.removeFirst().clone();
        float[] shift = bias ? left.removeFirst() : new float[outputs];
        float[] gamma = left.removeFirst();
        float[] beta = left.removeFirst();
        float[] mean = left.removeFirst();
        float[] variance = left.removeFirst();
        double epsilon = new Norm(Norm.Kind.BATCH, outputs).epsilon();
        float[] folded = new float[outputs];
        double[] scale = new double[outputs];
        for (int c = 0; c < outputs; c++) {
            scale[c] = gamma[c] / Math.sqrt(variance[c] + epsilon);
            folded[c] = (float) (beta[c] + scale[c] * (shift[c] - mean[c]));
        }
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (weight[i] * scale[i / inner % outputs]);
        }
        tensors.add(weight);
        tensors.add(folded);
    }

    @Override
    public Layer chain(Chain chain, Deque<float[]> left) {
        Chain.Builder folded = Chain.builder();
        List<Layer> steps = chain.steps();
        for (int i = 0; i < steps.size(); i++) {
            Layer step = steps.get(i);
            boolean norm = i + 1 < steps.size() && isBatchNorm(steps.get(i + 1));
            if (norm && step instanceof Conv conv) {
                fold(left, conv.bias(), Math.toIntExact(conv.weights() / conv.out()), conv.out());
                folded.add(new Conv(
                        conv.in(), conv.out(), conv.kernel(), conv.stride(), conv.padding(), conv.groups(), true));
                i++;
            } else if (norm && step instanceof TransposedConv conv) {
                fold(left, conv.bias(), conv.kernel() * conv.kernel(), conv.out());
                folded.add(new TransposedConv(conv.in(), conv.out(), conv.kernel(), conv.stride(), true));
                i++;
            } else {
                folded.add(step.accept(this, left));
            }
        }
        return folded.build();
    }

    @Override
    public Layer fork(Fork fork, Deque<float[]> left) {
        List<Layer> branches = new ArrayList<>();
        for (Layer branch : fork.branches()) {
            branches.add(branch.accept(this, left));
        }
        return new Fork(fork.merge(), branches);
    }

    @Override
    public Layer block(Block block, Deque<float[]> left) {
        return new Block(block.name(), block.body().accept(this, left));
    }

    @Override
    public Layer conv(Conv conv, Deque<float[]> left) {
        keep(left, conv.bias() ? 2 : 1);
        return conv;
    }

    @Override
    public Layer transposedConv(TransposedConv conv, Deque<float[]> left) {
        keep(left, conv.bias() ? 2 : 1);
        return conv;
    }

    @Override
    public Layer norm(Norm norm, Deque<float[]> left) {
        keep(left, isBatchNorm(norm) ? 4 : 2);
        return norm;
    }

    @Override
    public Layer linear(Linear linear, Deque<float[]> left) {
        keep(left, linear.bias() ? 2 : 1);
        return linear;
    }

    @Override
    public Layer scale(Scale scale, Deque<float[]> left) {
        keep(left, 1);
        return scale;
    }

    @Override
    public Layer activation(Activation activation, Deque<float[]> left) {
        return activation;
    }

    @Override
    public Layer pool(Pool pool, Deque<float[]> left) {
        return pool;
    }

    @Override
    public Layer adaptivePool(AdaptivePool pool, Deque<float[]> left) {
        return pool;
    }

    @Override
    public Layer flatten(Flatten flatten, Deque<float[]> left) {
        return flatten;
    }

    @Override
    public Layer upsample(Upsample upsample, Deque<float[]> left) {
        return upsample;
    }

    @Override
    public Layer crop(Crop crop, Deque<float[]> left) {
        return crop;
    }

    @Override
    public Layer tap(Tap tap, Deque<float[]> left) {
        return tap;
    }
}
