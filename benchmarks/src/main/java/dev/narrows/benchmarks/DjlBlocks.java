package dev.narrows.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
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
import java.util.List;

/** A reading of the tree: the same network in DJL's own blocks, as a Java program without Narrows would state it. */
final class DjlBlocks implements Visitor<Boolean, ai.djl.nn.Block> {
    private DjlBlocks() {}

    static ai.djl.nn.Block of(Layer network) {
        return network.accept(new DjlBlocks(), true);
    }

    private static UnsupportedOperationException without(Layer layer) {
        return new UnsupportedOperationException("Cannot state %s in DJL's blocks here".formatted(layer));
    }

    @Override
    public ai.djl.nn.Block conv(Conv conv, Boolean argument) {
        return Conv2d.builder()
                .setKernelShape(new Shape(conv.kernel(), conv.kernel()))
                .setFilters(conv.out())
                .optStride(new Shape(conv.stride(), conv.stride()))
                .optPadding(new Shape(conv.padding(), conv.padding()))
                .optGroups(conv.groups())
                .optBias(conv.bias())
                .build();
    }

    @Override
    public ai.djl.nn.Block norm(Norm norm, Boolean argument) {
        return switch (norm.kind()) {
            case BATCH ->
                BatchNorm.builder()
                        .optEpsilon((float) norm.epsilon())
                        .optMomentum(0.9f)
                        .build();
            case LAYER -> throw without(norm);
        };
    }

    @Override
    public ai.djl.nn.Block activation(Activation activation, Boolean argument) {
        return switch (activation.kind()) {
            case RELU -> ai.djl.nn.Activation.reluBlock();
            case RELU6 -> ai.djl.nn.Activation.relu6Block();
            case GELU -> ai.djl.nn.Activation.geluBlock();
        };
    }

    @Override
    public ai.djl.nn.Block pool(Pool pool, Boolean argument) {
        Shape kernel = new Shape(pool.kernel(), pool.kernel());
        Shape stride = new Shape(pool.stride(), pool.stride());
        Shape padding = new Shape(pool.padding(), pool.padding());
        return switch (pool.kind()) {
            case MAX -> ai.djl.nn.pooling.Pool.maxPool2dBlock(kernel, stride, padding);
            case AVERAGE -> ai.djl.nn.pooling.Pool.avgPool2dBlock(kernel, stride, padding);
        };
    }

    @Override
    public ai.djl.nn.Block adaptivePool(AdaptivePool pool, Boolean argument) {
        if (pool.size() != 1) {
            throw without(pool);
        }
        return ai.djl.nn.pooling.Pool.globalAvgPool2dBlock();
    }

    @Override
    public ai.djl.nn.Block linear(Linear linear, Boolean argument) {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(ai.djl.nn.core.Linear.builder()
                        .setUnits(linear.out())
                        .optBias(linear.bias())
                        .build());
    }

    @Override
    public ai.djl.nn.Block flatten(Flatten flatten, Boolean argument) {
        return Blocks.batchFlattenBlock();
    }

    @Override
    public ai.djl.nn.Block chain(Chain chain, Boolean argument) {
        if (chain.isIdentity()) {
            return Blocks.identityBlock();
        }
        SequentialBlock sequence = new SequentialBlock();
        for (Layer step : chain.steps()) {
            sequence.add(step.accept(this, argument));
        }
        return sequence;
    }

    @Override
    public ai.djl.nn.Block fork(Fork fork, Boolean argument) {
        List<ai.djl.nn.Block> branches = fork.branches().stream()
                .map(branch -> branch.accept(this, argument))
                .toList();
        return new ParallelBlock(
                outs -> {
                    NDArray[] each = outs.stream().map(NDList::singletonOrThrow).toArray(NDArray[]::new);
                    return new NDList(
                            switch (fork.merge()) {
                                case ADD -> NDArrays.add(each);
                                case CONCAT -> NDArrays.concat(new NDList(each), 1);
                            });
                },
                branches);
    }

    @Override
    public ai.djl.nn.Block block(Block block, Boolean argument) {
        return block.body().accept(this, argument);
    }

    @Override
    public ai.djl.nn.Block tap(Tap tap, Boolean argument) {
        return new LambdaBlock(list -> list, tap.toString());
    }

    @Override
    public ai.djl.nn.Block transposedConv(TransposedConv conv, Boolean argument) {
        throw without(conv);
    }

    @Override
    public ai.djl.nn.Block upsample(Upsample upsample, Boolean argument) {
        throw without(upsample);
    }

    @Override
    public ai.djl.nn.Block scale(Scale scale, Boolean argument) {
        throw without(scale);
    }

    @Override
    public ai.djl.nn.Block crop(Crop crop, Boolean argument) {
        throw without(crop);
    }
}
