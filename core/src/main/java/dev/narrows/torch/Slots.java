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
import dev.narrows.torch.Slot.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A reading of the tree: the tensors that a network keeps, in the order in which the data meets them.
 *
 * <p>That order is what ties tensors to layers everywhere in this package: layers are values, and the same layer may
 * stand in several places.
 */
public final class Slots implements Visitor<List<Slot>, Void> {
    private int layers;

    private Slots() {}

    /** Every tensor of a network. */
    public static List<Slot> of(Layer network) {
        List<Slot> slots = new ArrayList<>();
        network.accept(new Slots(), slots);
        return List.copyOf(slots);
    }

    private static void add(List<Slot> slots, String name, Role role, TensorShape shape, long fanIn) {
        double initial = role == Role.NORM_WEIGHT || role == Role.RUNNING_VARIANCE ? 1 : 0;
        slots.add(new Slot(name, role, shape, fanIn, initial));
    }

    @Override
    public Void conv(Conv conv, List<Slot> slots) {
        String name = "conv" + layers++;
        int group = conv.in() / conv.groups();
        long fanIn = (long) group * conv.kernel() * conv.kernel();
        add(
                slots,
                name + "_weight",
                Role.WEIGHT,
                TensorShape.of(conv.out(), group, conv.kernel(), conv.kernel()),
                fanIn);
        if (conv.bias()) {
            add(slots, name + "_bias", Role.BIAS, TensorShape.of(conv.out()), fanIn);
        }
        return null;
    }

    @Override
    public Void transposedConv(TransposedConv conv, List<Slot> slots) {
        String name = "conv" + layers++;
        // Each output position meets kernel²/stride² of the weight's positions on average.
        long fanIn =
                Math.max(1, (long) conv.in() * conv.kernel() * conv.kernel() / ((long) conv.stride() * conv.stride()));
        add(
                slots,
                name + "_weight",
                Role.WEIGHT,
                TensorShape.of(conv.in(), conv.out(), conv.kernel(), conv.kernel()),
                fanIn);
        if (conv.bias()) {
            add(slots, name + "_bias", Role.BIAS, TensorShape.of(conv.out()), fanIn);
        }
        return null;
    }

    @Override
    public Void norm(Norm norm, List<Slot> slots) {
        String name = "norm" + layers++;
        TensorShape shape = TensorShape.of(norm.channels());
        add(slots, name + "_weight", Role.NORM_WEIGHT, shape, 1);
        add(slots, name + "_bias", Role.NORM_BIAS, shape, 1);
        if (norm.kind() == Norm.Kind.BATCH) {
            add(slots, name + "_running_mean", Role.RUNNING_MEAN, shape, 1);
            add(slots, name + "_running_var", Role.RUNNING_VARIANCE, shape, 1);
        }
        return null;
    }

    @Override
    public Void linear(Linear linear, List<Slot> slots) {
        String name = "linear" + layers++;
        add(slots, name + "_weight", Role.WEIGHT, TensorShape.of(linear.out(), linear.in()), linear.in());
        if (linear.bias()) {
            add(slots, name + "_bias", Role.BIAS, TensorShape.of(linear.out()), linear.in());
        }
        return null;
    }

    @Override
    public Void scale(Scale scale, List<Slot> slots) {
        slots.add(new Slot(
                "scale" + layers++ + "_weight",
                Role.LAYER_SCALE,
                TensorShape.of(scale.channels()),
                1,
                scale.initial()));
        return null;
    }

    @Override
    public Void activation(Activation activation, List<Slot> slots) {
        return null;
    }

    @Override
    public Void pool(Pool pool, List<Slot> slots) {
        return null;
    }

    @Override
    public Void adaptivePool(AdaptivePool pool, List<Slot> slots) {
        return null;
    }

    @Override
    public Void flatten(Flatten flatten, List<Slot> slots) {
        return null;
    }

    @Override
    public Void upsample(Upsample upsample, List<Slot> slots) {
        return null;
    }

    @Override
    public Void crop(Crop crop, List<Slot> slots) {
        return null;
    }

    @Override
    public Void tap(Tap tap, List<Slot> slots) {
        return null;
    }

    @Override
    public Void block(Block block, List<Slot> slots) {
        return block.body().accept(this, slots);
    }

    @Override
    public Void chain(Chain chain, List<Slot> slots) {
        for (Layer step : chain.steps()) {
            step.accept(this, slots);
        }
        return null;
    }

    @Override
    public Void fork(Fork fork, List<Slot> slots) {
        for (Layer branch : fork.branches()) {
            branch.accept(this, slots);
        }
        return null;
    }
}
