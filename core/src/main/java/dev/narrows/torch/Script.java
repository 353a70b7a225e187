package dev.narrows.torch;

import dev.narrows.cost.BlockedLayout;
import dev.narrows.cost.CommonEnd;
import dev.narrows.cost.ReducedPrecision;
import dev.narrows.cost.SpareChannels;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A reading of the tree: the statements of TorchScript that compute it, one a line.
 *
 * <p>Convolutions are computed in the precision asked for; the scores at the end always in fp32, whose 24 bits keep two
 * classes from tying where bf16 has 8.
 */
final class Script implements Visitor<Script.Value, Script.Value> {
    /**
     * A variable of the script.
     *
     * @param owned whether nobody else reads it, not even a backward pass: then it may be overwritten in place
     * @param reduced whether it is in the reduced precision
     * @param rectified whether a ReLU gave it, so that its zeros are what that ReLU silenced
     * @param spare how many {@link SpareChannels} lie behind those of its shape
     * @param parts the tensors that it is made of in {@link BlockedLayout}, whose channels lie behind one another; empty
     *     where it is the variable of its name
     */
    record Value(
            String name,
            Shape shape,
            boolean owned,
            boolean reduced,
            boolean rectified,
            int spare,
            List<BlockedScript.Part> parts) {
        Value(String name, Shape shape, boolean owned, boolean reduced) {
            this(name, shape, owned, reduced, false, 0, List.of());
        }

        /** These parts, in the same precision. */
        Value inBlocks(Shape other, List<BlockedScript.Part> others) {
            return new Value("", other, false, reduced, false, 0, others);
        }

        boolean blocked() {
            return !parts.isEmpty();
        }

        private Value shared() {
            List<BlockedScript.Part> kept =
                    parts.stream().map(BlockedScript.Part::shared).toList();
            return new Value(name, shape, false, reduced, rectified, spare, kept);
        }

        private Value withSpare(int channels) {
            return new Value(name, shape, owned, reduced, rectified, channels, parts);
        }
    }

    /** What the statements are for. */
    enum Use {
        /** Batch norms by the batch; the backward pass reads what the forward pass leaves. */
        TRAINING,
        /** Batch norms by their running statistics, folded anew into the convolutions before them at each call. */
        JUDGING,
        /** As judging, and {@link TapScript} measures the value at each tap. */
        TAPPING,
        /** Batch norms by their running statistics, each where it stands. */
        DEPLOYED
    }

    private final StringBuilder lines = new StringBuilder();
    private final List<String> measured = new ArrayList<>();
    private final Deque<Slot> slots;
    private final String last;
    private final ElementType precision;
    private final Use use;
    private final BlockedScript blocked = new BlockedScript(this::assign);
    private int variables;

    private Script(List<Slot> slots, ElementType precision, Use use) {
        this.slots = new ArrayDeque<>(slots);
        this.precision = precision;
        this.use = use;
        String lastWeight = "";
        for (Slot slot : slots) {
            lastWeight = slot.role() == Slot.Role.WEIGHT ? slot.name() : lastWeight;
        }
        this.last = lastWeight;
    }

    /** The statements that turn the variable {@code x} of fp32 (N, C, H, W) into {@code scores} of fp32. */
    static String of(Layer network, Shape input, ElementType precision, Use use) {
        return new Script(Slots.of(network), precision, use).scores(network, new Value("x", input, false, false));
    }

    /** The same in training, with images in this layout where the network suits it. */
    static String ofTraining(Layer network, Shape input, ElementType precision, Layout layout) {
        if (layout == Layout.CHANNELS_LAST || !BlockedLayout.suits(network)) {
            return of(network, input, precision, Use.TRAINING);
        }
        Script script = new Script(Slots.of(network), precision, Use.TRAINING);
        return script.scores(network, script.blocked.entered(new Value("x", input, false, false), precision));
    }

    private String scores(Layer network, Value images) {
        Value scores = network.accept(this, images);
        line("scores", widened(scores).name());
        return lines.toString();
    }

    /** The statements that turn {@code x} of fp32 (N, C, H, W) into {@code measured}, a list with three tensors a tap. */
    static String ofTaps(Layer network, Shape input, ElementType precision) {
        Script script = new Script(Slots.of(network), precision, Use.TAPPING);
        network.accept(script, new Value("x", input, false, false));
        script.line("measured", "annotate(List[Tensor], [%s])".formatted(String.join(", ", script.measured)));
        return script.lines.toString();
    }

    private void line(String variable, String expression) {
        lines.append("    ").append(variable).append(" = ").append(expression).append('\n');
    }

    private String assign(String expression, Object... arguments) {
        String variable = "v" + variables++;
        line(variable, expression.formatted(arguments));
        return variable;
    }

    private Slot slot(Slot.Role role) {
        Slot slot = slots.removeFirst();
        if (slot.role() != role) {
            throw new AssertionError("slots and script read the tree in different orders at " + slot.name());
        }
        return slot;
    }

    private Value narrowed(Value value) {
        return precision == ElementType.FP32 || value.reduced()
                ? value
                : new Value(assign("torch.to(%s, %d)", value.name(), precision.code()), value.shape(), true, true);
    }

    private Value widened(Value value) {
        return value.reduced()
                ? new Value(
                        assign("torch.to(%s, %d)", value.name(), ElementType.FP32.code()), value.shape(), true, false)
                : value;
    }

    private String tensor(Slot slot, boolean reduced) {
        return reduced ? assign("torch.to(self.%s, %d)", slot.name(), precision.code()) : "self." + slot.name();
    }

    private String bias(boolean present, boolean reduced) {
        return present ? tensor(slot(Slot.Role.BIAS), reduced) : "None";
    }

    @Override
    public Value conv(Conv conv, Value x) {
        return conv(conv, x, conv.depthwise() ? x.spare() : 0);
    }

    private Value conv(Conv conv, Value x, int spare) {
        if (x.blocked()) {
            return blocked.conv(conv, slot(Slot.Role.WEIGHT), x);
        }
        Slot weight = slot(Slot.Role.WEIGHT);
        Value in = convolved(conv, weight, x);
        String w = tensor(weight, in.reduced());
        String b = bias(conv.bias(), in.reduced());
        int spareInputs = conv.depthwise() ? 0 : in.spare();
        String wide = spareInputs + spare == 0 ? w : assign("%s", padded(w, spareInputs, spare));
        return convolution(conv, in, wide, b).withSpare(spare);
    }

    /** What a convolution reads: in the precision that it is computed in. */
    /** The weight of a convolution with zeros for so many more channels. */
    static String padded(String weight, int spareInputs, int spare) {
        return "torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d, 0, %d], 0)".formatted(weight, spareInputs, spare);
    }

    private Value convolved(Conv conv, Slot weight, Value x) {
        boolean slow = use == Use.TRAINING && precision == ElementType.BF16 && ReducedPrecision.trainsInFp32(conv);
        return slow || weight.name().equals(last) ? widened(x) : narrowed(x);
    }

    private Value convolution(Conv conv, Value in, String w, String b) {
        int groups = conv.depthwise() ? conv.groups() + in.spare() : conv.groups();
        String out = assign(
                "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d], [1, 1], %d)",
                in.name(), w, b, conv.stride(), conv.stride(), conv.padding(), conv.padding(), groups);
        return new Value(out, conv.output(in.shape()), true, in.reduced());
    }

    /** A convolution and the batch norm after it as one, from the weights as they are; {@link Folding} has the formula. */
    private Value folded(Conv conv, Norm norm, Value x) {
        Slot weight = slot(Slot.Role.WEIGHT);
        Value in = convolved(conv, weight, x);
        String bias = bias(conv.bias(), false);
        String gamma = slot(Slot.Role.NORM_WEIGHT).name();
        String beta = slot(Slot.Role.NORM_BIAS).name();
        String mean = "self." + slot(Slot.Role.RUNNING_MEAN).name();
        String centre = conv.bias() ? assign("torch.sub(%s, %s)", mean, bias) : mean;
        String variance = slot(Slot.Role.RUNNING_VARIANCE).name();
        String scale =
                assign("torch.mul(self.%s, torch.rsqrt(torch.add(self.%s, %s)))", gamma, variance, norm.epsilon());
        String w = assign("torch.mul(self.%s, torch.view(%s, [%d, 1, 1, 1]))", weight.name(), scale, conv.out());
        String b = assign("torch.sub(self.%s, torch.mul(%s, %s))", beta, scale, centre);
        return convolution(conv, in, reduced(w, in), reduced(b, in));
    }

    private String reduced(String tensor, Value like) {
        return like.reduced() ? assign("torch.to(%s, %d)", tensor, precision.code()) : tensor;
    }

    @Override
    public Value transposedConv(TransposedConv conv, Value x) {
        Slot weight = slot(Slot.Role.WEIGHT);
        Value in = narrowed(x);
        String w = tensor(weight, in.reduced());
        String b = bias(conv.bias(), in.reduced());
        String out = assign(
                "torch.conv_transpose2d(%s, %s, %s, [%d, %d], [0, 0], [0, 0], 1, [1, 1])",
                in.name(), w, b, conv.stride(), conv.stride());
        return new Value(out, conv.output(x.shape()), true, in.reduced());
    }

    @Override
    public Value norm(Norm norm, Value x) {
        if (x.blocked()) {
            return blocked.norm(norm, batchNorm(), x);
        }
        String out = switch (norm.kind()) {
            case BATCH -> {
                NormScript.Tensors tensors = batchNorm();
                NormScript script = new NormScript(norm.epsilon(), this::assign);
                if (use != Use.TRAINING) {
                    yield script.byRunningStatistics(x.name(), tensors);
                }
                yield x.spare() == 0 ? script.of(x.name(), tensors) : script.of(x.name(), List.of(tensors), x.spare());
            }
            case LAYER -> {
                Slot weight = slot(Slot.Role.NORM_WEIGHT);
                Slot bias = slot(Slot.Role.NORM_BIAS);
                yield assign(
                        "torch.permute(torch.layer_norm(torch.permute(%s, [0, 2, 3, 1]), [%d], self.%s, self.%s, %s), [0, 3, 1, 2])",
                        x.name(), norm.channels(), weight.name(), bias.name(), norm.epsilon());
            }
        };
        return new Value(out, x.shape(), true, x.reduced()).withSpare(x.spare());
    }

    private NormScript.Tensors batchNorm() {
        return new NormScript.Tensors(
                slot(Slot.Role.NORM_WEIGHT),
                slot(Slot.Role.NORM_BIAS),
                slot(Slot.Role.RUNNING_MEAN),
                slot(Slot.Role.RUNNING_VARIANCE));
    }

    @Override
    public Value activation(Activation activation, Value x) {
        // The backward pass reads what a ReLU gave.
        boolean owned = use != Use.TRAINING;
        if (x.blocked()) {
            return blocked.each(x, x.shape(), owned, part -> activated(activation, part.name(), part.owned()));
        }
        boolean rectified = activation.kind() != Activation.Kind.GELU;
        String out = assign("%s", activated(activation, x.name(), x.owned()));
        return new Value(out, x.shape(), owned, x.reduced(), rectified, x.spare(), List.of());
    }

    private String activated(Activation activation, String x, boolean owned) {
        return switch (activation.kind()) {
            case RELU -> "torch.relu%s(%s)".formatted(owned ? "_" : "", x);
            // The backward pass reads what a ReLU6 got: in place, libtorch would copy it first.
            case RELU6 -> "torch.hardtanh%s(%s, 0., 6.)".formatted(owned && use != Use.TRAINING ? "_" : "", x);
            case GELU -> "torch.gelu(%s)".formatted(x);
        };
    }

    @Override
    public Value pool(Pool pool, Value x) {
        Shape shape = pool.output(x.shape());
        return x.blocked()
                ? blocked.each(x, shape, true, part -> pooled(pool, part.name()))
                : new Value(assign("%s", pooled(pool, x.name())), shape, true, x.reduced());
    }

    private static String pooled(Pool pool, String x) {
        String window = "%s, [%d, %d], [%d, %d], [%d, %d]"
                .formatted(
                        x, pool.kernel(), pool.kernel(), pool.stride(), pool.stride(), pool.padding(), pool.padding());
        return switch (pool.kind()) {
            case MAX -> "torch.max_pool2d(%s, [1, 1], False)".formatted(window);
            case AVERAGE -> "torch.avg_pool2d(%s, False, True, None)".formatted(window);
        };
    }

    @Override
    public Value adaptivePool(AdaptivePool pool, Value images) {
        Value x = dense(images);
        Shape in = x.shape();
        // A window of the known size keeps the gradient's layout; the adaptive operation does not, and is slower.
        String out = in.height() % pool.size() == 0 && in.width() % pool.size() == 0
                ? assign(
                        "torch.avg_pool2d(%s, [%d, %d], [%d, %d], [0, 0], False, True, None)",
                        x.name(),
                        in.height() / pool.size(),
                        in.width() / pool.size(),
                        in.height() / pool.size(),
                        in.width() / pool.size())
                : assign("torch.adaptive_avg_pool2d(%s, [%d, %d])", x.name(), pool.size(), pool.size());
        return new Value(out, pool.output(in), true, x.reduced());
    }

    /** A tensor that any operation takes. */
    private Value dense(Value x) {
        return x.blocked() ? blocked.left(x) : x;
    }

    @Override
    public Value linear(Linear linear, Value features) {
        Value x = dense(features);
        Slot weight = slot(Slot.Role.WEIGHT);
        Value in = weight.name().equals(last) ? widened(x) : narrowed(x);
        String w = tensor(weight, in.reduced());
        String b = bias(linear.bias(), in.reduced());
        String out = assign("torch.linear(torch.flatten(%s, 1, -1), %s, %s)", in.name(), w, b);
        return new Value(out, linear.output(x.shape()), true, in.reduced());
    }

    @Override
    public Value flatten(Flatten flatten, Value images) {
        Value x = dense(images);
        return new Value(assign("torch.flatten(%s, 1, -1)", x.name()), flatten.output(x.shape()), false, x.reduced());
    }

    @Override
    public Value upsample(Upsample upsample, Value x) {
        Shape shape = upsample.output(x.shape());
        String out = switch (upsample.kind()) {
            case NEAREST ->
                assign("torch.upsample_nearest2d(%s, [%d, %d], None)", x.name(), shape.height(), shape.width());
            case BILINEAR ->
                assign("torch.upsample_bilinear2d(%s, [%d, %d], False, None)", x.name(), shape.height(), shape.width());
        };
        return new Value(out, shape, true, x.reduced());
    }

    @Override
    public Value scale(Scale scale, Value x) {
        String factor = tensor(slot(Slot.Role.LAYER_SCALE), x.reduced());
        String out = assign("torch.mul(%s, torch.view(%s, [1, %d, 1, 1]))", x.name(), factor, scale.channels());
        return new Value(out, x.shape(), true, x.reduced());
    }

    @Override
    public Value crop(Crop crop, Value x) {
        int top = (x.shape().height() - crop.height()) / 2;
        int left = (x.shape().width() - crop.width()) / 2;
        String out = assign(
                "torch.slice(torch.slice(%s, 2, %d, %d, 1), 3, %d, %d, 1)",
                x.name(), top, top + crop.height(), left, left + crop.width());
        return new Value(out, crop.output(x.shape()), false, x.reduced());
    }

    @Override
    public Value tap(Tap tap, Value x) {
        if (use == Use.TAPPING) {
            // Here and not at the end, because what follows may write over the value.
            measured.addAll(TapScript.measure(x, this::assign));
        }
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
            if ((use == Use.JUDGING || use == Use.TAPPING)
                    && i + 1 < steps.size()
                    && steps.get(i) instanceof Conv conv
                    && steps.get(i + 1) instanceof Norm norm
                    && norm.kind() == Norm.Kind.BATCH) {
                value = folded(conv, norm, value);
                i++;
            } else if (use == Use.TRAINING
                    && precision == ElementType.FP32
                    && !value.blocked()
                    && SpareChannels.behind(steps, i) > 0) {
                value = conv((Conv) steps.get(i), value, SpareChannels.behind(steps, i));
            } else {
                value = steps.get(i).accept(this, value);
            }
        }
        return value;
    }

    @Override
    public Value fork(Fork fork, Value x) {
        Optional<CommonEnd> end = use == Use.TRAINING && !x.blocked() ? CommonEnd.of(fork) : Optional.empty();
        List<Value> branches = new ArrayList<>();
        List<NormScript.Tensors> norms = new ArrayList<>();
        for (Layer branch : end.map(CommonEnd::bodies).orElse(fork.branches())) {
            branches.add(branch.accept(this, x.shared()));
            if (end.isPresent()) {
                norms.add(batchNorm());
            }
        }
        boolean reduced = branches.stream().anyMatch(Value::reduced);
        if (reduced) {
            branches.replaceAll(this::narrowed);
        }
        return switch (fork.merge()) {
            case ADD -> branches.stream().reduce((a, b) -> add(fork, a, b)).orElseThrow();
            case CONCAT -> {
                Value joined = concat(fork, branches, reduced);
                yield end.isPresent() ? ended(joined, end.get(), norms) : joined;
            }
        };
    }

    private Value ended(Value joined, CommonEnd end, List<NormScript.Tensors> norms) {
        double epsilon = end.norms().get(0).epsilon();
        String out = new NormScript(epsilon, this::assign).of(joined.name(), norms, 0);
        Value normed = new Value(out, joined.shape(), true, joined.reduced());
        return end.activation()
                .map(activation -> activation(activation, normed))
                .orElse(normed);
    }

    private Value add(Fork fork, Value a, Value b) {
        if (a.blocked()) {
            return blocked.added(a, b);
        }
        Shape shape = fork.merge(a.shape(), b.shape());
        return new Value(assign("%s", sum(a.name(), a.owned(), b.name(), b.owned())), shape, true, a.reduced());
    }

    /** A sum, written over one of the two where that may be. */
    static String sum(String a, boolean ownsA, String b, boolean ownsB) {
        return ownsB ? "torch.add_(%s, %s)".formatted(b, a) : "torch.add%s(%s, %s)".formatted(ownsA ? "_" : "", a, b);
    }

    private Value concat(Fork fork, List<Value> branches, boolean reduced) {
        Shape shape = branches.stream().map(Value::shape).reduce(fork::merge).orElseThrow();
        if (branches.get(0).blocked()) {
            return BlockedScript.joined(branches, shape);
        }
        List<String> names = branches.stream().map(Value::name).toList();
        return new Value(assign("torch.cat([%s], 1)", String.join(", ", names)), shape, true, reduced);
    }
}
