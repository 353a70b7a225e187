package dev.narrows.program;

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
import dev.narrows.program.Parameter.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The one reading of the tree that turns a network into a program: as it answers, in fp32, channels-last, every norm by
 * its running statistics and every tap measured. Rules make of it what training or a device needs.
 *
 * <p>Parameters are named by the kind of their layer and its place among the layers that have some.
 */
public final class Lowering implements Visitor<Tensor, Tensor> {
    private final List<Step> steps = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<Tensor> rectified = new HashSet<>();
    private final Map<Tensor, Integer> partOf = new HashMap<>();
    private final Set<Tensor> seams = new HashSet<>();
    private int tensors;
    private int layers;
    private int parts;
    private int part;

    private Lowering() {}

    /**
     * The program of a network.
     *
     * @param input shape of an image
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     */
    public static Program of(Layer network, Shape input) {
        Lowering lowering = new Lowering();
        Tensor images = lowering.tensor(input);
        Tensor scores = network.accept(lowering, images);
        return new Program(images, lowering.steps, scores, lowering.parameters, lowering.seams);
    }

    private Tensor tensor(Shape shape) {
        return Tensor.plain(tensors++, shape);
    }

    private Tensor emit(Shape output, Function<Tensor, Step> step) {
        Tensor out = tensor(output);
        Step added = step.apply(out);
        for (Tensor in : added.inputs()) {
            if (partOf.getOrDefault(in, -1) != part) {
                seams.add(in);
            }
        }
        steps.add(added);
        partOf.put(out, part);
        return out;
    }

    /** Reads a layer as a part of the tree of its own: what its direct layers give one another crosses no seam. */
    private Tensor inPart(Layer layer, Tensor x) {
        int outer = part;
        part = ++parts;
        Tensor out = layer.accept(this, x);
        part = outer;
        return out;
    }

    private String name(String kind) {
        return kind + layers++;
    }

    private Parameter parameter(String name, Role role, TensorShape shape, long fanIn, double initial) {
        Parameter parameter = new Parameter(name, role, shape, fanIn, initial);
        parameters.add(parameter);
        return parameter;
    }

    private Parameter weight(String layer, TensorShape shape, long fanIn) {
        return parameter(layer + "_weight", Role.WEIGHT, shape, fanIn, 0);
    }

    private Optional<Parameter> bias(boolean present, String layer, int outputs, long fanIn) {
        return present
                ? Optional.of(parameter(layer + "_bias", Role.BIAS, TensorShape.of(outputs), fanIn, 0))
                : Optional.empty();
    }

    @Override
    public Tensor conv(Conv conv, Tensor x) {
        String name = name("conv");
        int group = conv.in() / conv.groups();
        long fanIn = (long) group * conv.kernel() * conv.kernel();
        Parameter weight = weight(name, TensorShape.of(conv.out(), group, conv.kernel(), conv.kernel()), fanIn);
        Optional<Parameter> bias = bias(conv.bias(), name, conv.out(), fanIn);
        return emit(conv.output(x.shape()), out -> new Step.Convolve(x, Filter.of(conv, weight, bias), out));
    }

    @Override
    public Tensor transposedConv(TransposedConv conv, Tensor x) {
        String name = name("conv");
        // Each output position meets kernel²/stride² of the weight's positions on average.
        long fanIn =
                Math.max(1, (long) conv.in() * conv.kernel() * conv.kernel() / ((long) conv.stride() * conv.stride()));
        Parameter weight = weight(name, TensorShape.of(conv.in(), conv.out(), conv.kernel(), conv.kernel()), fanIn);
        Optional<Parameter> bias = bias(conv.bias(), name, conv.out(), fanIn);
        return emit(
                conv.output(x.shape()),
                out -> new Step.ConvolveTransposed(x, conv, weight, bias, Optional.empty(), out));
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        String name = name("linear");
        Parameter weight = weight(name, TensorShape.of(linear.out(), linear.in()), linear.in());
        Optional<Parameter> bias = bias(linear.bias(), name, linear.out(), linear.in());
        return emit(linear.output(x.shape()), out -> new Step.Project(x, linear, weight, bias, out));
    }

    @Override
    public Tensor norm(Norm norm, Tensor x) {
        String name = name("norm");
        TensorShape shape = TensorShape.of(norm.channels());
        Parameter weight = parameter(name + "_weight", Role.NORM_WEIGHT, shape, 1, 1);
        Parameter bias = parameter(name + "_bias", Role.NORM_BIAS, shape, 1, 0);
        return switch (norm.kind()) {
            case BATCH -> {
                Parameter mean = parameter(name + "_running_mean", Role.RUNNING_MEAN, shape, 1, 0);
                Parameter variance = parameter(name + "_running_var", Role.RUNNING_VARIANCE, shape, 1, 1);
                BatchNorm whole = BatchNorm.whole(weight, bias, mean, variance, norm.epsilon());
                yield emit(norm.output(x.shape()), out -> new Step.NormaliseBatch(x, List.of(whole), false, out));
            }
            case LAYER ->
                emit(norm.output(x.shape()), out -> new Step.NormaliseLayer(x, weight, bias, norm.epsilon(), out));
        };
    }

    @Override
    public Tensor scale(Scale scale, Tensor x) {
        Parameter factor = parameter(
                name("scale") + "_weight", Role.LAYER_SCALE, TensorShape.of(scale.channels()), 1, scale.initial());
        return emit(scale.output(x.shape()), out -> new Step.ScaleChannels(x, factor, out));
    }

    @Override
    public Tensor activation(Activation activation, Tensor x) {
        Tensor activated = emit(x.shape(), out -> new Step.Activate(x, activation.kind(), false, out));
        if (activation.kind() != Activation.Kind.GELU) {
            rectified.add(activated);
        }
        return activated;
    }

    @Override
    public Tensor pool(Pool pool, Tensor x) {
        return emit(pool.output(x.shape()), out -> new Step.PoolWindows(x, pool, out));
    }

    @Override
    public Tensor adaptivePool(AdaptivePool pool, Tensor x) {
        return emit(pool.output(x.shape()), out -> new Step.PoolToSize(x, pool, out));
    }

    @Override
    public Tensor flatten(Flatten flatten, Tensor x) {
        return emit(flatten.output(x.shape()), out -> new Step.FlattenMaps(x, out));
    }

    @Override
    public Tensor upsample(Upsample upsample, Tensor x) {
        return emit(upsample.output(x.shape()), out -> new Step.Enlarge(x, upsample, out));
    }

    @Override
    public Tensor crop(Crop crop, Tensor x) {
        return emit(crop.output(x.shape()), out -> new Step.CutOut(x, out));
    }

    @Override
    public Tensor tap(Tap tap, Tensor x) {
        steps.add(new Step.MeasureTap(x, rectified.contains(x)));
        return x;
    }

    @Override
    public Tensor block(Block block, Tensor x) {
        return inPart(block.body(), x);
    }

    @Override
    public Tensor chain(Chain chain, Tensor x) {
        int outer = part;
        part = ++parts;
        Tensor value = x;
        for (Layer step : chain.steps()) {
            value = step.accept(this, value);
        }
        part = outer;
        return value;
    }

    @Override
    public Tensor fork(Fork fork, Tensor x) {
        List<Tensor> branches = new ArrayList<>();
        for (Layer branch : fork.branches()) {
            branches.add(inPart(branch, x));
        }
        Shape output = branches.stream().map(Tensor::shape).reduce(fork::merge).orElseThrow();
        return switch (fork.merge()) {
            case ADD -> emit(output, out -> new Step.Add(branches, Set.of(), out));
            case CONCAT -> emit(output, out -> new Step.Concatenate(branches, out));
        };
    }
}
