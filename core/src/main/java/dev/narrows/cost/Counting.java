package dev.narrows.cost;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Adds up a network layer by layer, handing the shape down the tree.
 *
 * <p>A weight of a convolution meets each position of the output once, one of a transposed convolution each position of
 * the input, one of a linear layer the one position there is; that times the weights are the multiply-accumulates.
 */
final class Counting implements Visitor<Shape, Shape> {
    private final Optional<Consumer<LayerCost>> rows;
    private String block = "";
    private long params;
    private long macs;
    private long activations;
    private int depth;
    /** The layer that is being counted, to be named where its numbers are too large. */
    private Object reached = "a network";

    Counting() {
        this.rows = Optional.empty();
    }

    Counting(Consumer<LayerCost> rows) {
        this.rows = Optional.of(rows);
    }

    void read(Layer network, Shape input) {
        try {
            network.accept(this, input);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("Cannot count %s: more than 64 bits hold".formatted(reached), e);
        }
    }

    Cost cost() {
        return new Cost(params, macs, activations, depth);
    }

    @Override
    public Shape conv(Conv conv, Shape input) {
        reached = conv;
        Shape output = conv.output(input);
        long weights = conv.weights();
        depth++;
        return add(
                conv,
                output,
                conv.bias() ? Math.addExact(weights, conv.out()) : weights,
                Math.multiplyExact(weights, output.positions()),
                output.elements());
    }

    @Override
    public Shape transposedConv(TransposedConv conv, Shape input) {
        reached = conv;
        Shape output = conv.output(input);
        long weights = conv.weights();
        depth++;
        return add(
                conv,
                output,
                conv.bias() ? Math.addExact(weights, conv.out()) : weights,
                Math.multiplyExact(weights, input.positions()),
                output.elements());
    }

    @Override
    public Shape linear(Linear linear, Shape input) {
        reached = linear;
        Shape output = linear.output(input);
        long weights = linear.weights();
        depth++;
        return add(linear, output, linear.bias() ? Math.addExact(weights, linear.out()) : weights, weights, 0);
    }

    @Override
    public Shape norm(Norm norm, Shape input) {
        return add(norm, norm.output(input), 2L * norm.channels(), 0, 0);
    }

    @Override
    public Shape scale(Scale scale, Shape input) {
        return add(scale, scale.output(input), scale.channels(), 0, 0);
    }

    @Override
    public Shape activation(Activation activation, Shape input) {
        return free(activation, input);
    }

    @Override
    public Shape pool(Pool pool, Shape input) {
        return free(pool, input);
    }

    @Override
    public Shape adaptivePool(AdaptivePool pool, Shape input) {
        return free(pool, input);
    }

    @Override
    public Shape flatten(Flatten flatten, Shape input) {
        return free(flatten, input);
    }

    @Override
    public Shape upsample(Upsample upsample, Shape input) {
        return free(upsample, input);
    }

    @Override
    public Shape crop(Crop crop, Shape input) {
        return free(crop, input);
    }

    @Override
    public Shape tap(Tap tap, Shape input) {
        return input;
    }

    @Override
    public Shape block(Block named, Shape input) {
        if (rows.isEmpty()) {
            return named.body().accept(this, input);
        }
        String outer = block;
        block = outer.isEmpty() ? named.name() : outer + "/" + named.name();
        Shape output = named.body().accept(this, input);
        block = outer;
        return output;
    }

    @Override
    public Shape chain(Chain chain, Shape input) {
        Shape shape = input;
        List<Layer> steps = chain.steps();
        for (int i = 0; i < steps.size(); i++) {
            shape = steps.get(i).accept(this, shape);
        }
        return shape;
    }

    @Override
    public Shape fork(Fork fork, Shape input) {
        int before = depth;
        List<Layer> branches = fork.branches();
        Shape merged = branches.get(0).accept(this, input);
        int deepest = depth;
        for (int i = 1; i < branches.size(); i++) {
            depth = before;
            merged = fork.merge(merged, branches.get(i).accept(this, input));
            deepest = Math.max(deepest, depth);
        }
        depth = deepest;
        return merged;
    }

    private Shape free(Layer layer, Shape input) {
        return add(layer, layer.output(input), 0, 0, 0);
    }

    private Shape add(Layer layer, Shape output, long itsParams, long itsMacs, long itsActivations) {
        params = Math.addExact(params, itsParams);
        macs = Math.addExact(macs, itsMacs);
        activations = Math.addExact(activations, itsActivations);
        if (rows.isPresent()) {
            rows.get().accept(new LayerCost(block, layer.toString(), output, itsParams, itsMacs, itsActivations));
        }
        return output;
    }
}
