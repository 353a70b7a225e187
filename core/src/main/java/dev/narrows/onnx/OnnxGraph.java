package dev.narrows.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
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
import dev.narrows.torch.Folding;
import dev.narrows.torch.Slot;
import dev.narrows.torch.Slots;
import dev.narrows.torch.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A reading of the tree: the operators of ONNX that compute it, and its tensors. */
final class OnnxGraph implements Visitor<OnnxGraph.Value, OnnxGraph.Value> {
    /**
     * What flows between two operators.
     *
     * @param flat whether it is (N, C) instead of (N, C, 1, 1)
     */
    record Value(String name, Shape shape, boolean flat) {}

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Deque<Slot> slots;
    private final Weights weights;
    private int values;

    private OnnxGraph(Folding.Folded folded) {
        slots = new ArrayDeque<>(Slots.of(folded.network()));
        weights = folded.weights();
    }

    /** Operators and tensors; whoever asks names the graph and says what goes in and out. */
    static GraphProto.Builder of(Folding.Folded folded, Shape input, String in, String out) {
        OnnxGraph nodes = new OnnxGraph(folded);
        Value scores = folded.network().accept(nodes, new Value(in, input, false));
        if (scores.shape().height() == 1 && scores.shape().width() == 1) {
            scores = nodes.vector(scores);
        }
        nodes.graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(scores.name())
                .addOutput(out));
        return nodes.graph;
    }

    // The tensors of a layer, in the order in which Slots lists them.

    private String tensor(Slot.Role role, Integer... sizes) {
        Slot slot = slots.removeFirst();
        if (slot.role() != role) {
            throw new AssertionError("slots and graph read the tree in different orders at " + slot.name());
        }
        List<Integer> shape = sizes.length == 0 ? slot.shape().sizes() : List.of(sizes);
        return tensor(slot.name(), shape, weights.get(slot));
    }

    private String tensor(String name, List<Integer> sizes, float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(sizes.stream().map(Integer::longValue).toList())
                .setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    private String constant(List<Integer> sizes, float... numbers) {
        return tensor("c" + values++, sizes, numbers);
    }

    private String constant(long... numbers) {
        String name = "c" + values++;
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(numbers.length)
                .addAllInt64Data(LongStream.of(numbers).boxed().toList()));
        return name;
    }

    // An operator with its attributes: whole numbers, lists of them, fractions and words.

    private Value node(String operator, Map<String, Object> attributes, Shape output, String... inputs) {
        String name = "v" + values++;
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(name);
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(attribute -> node.addAttribute(attribute(attribute.getKey(), attribute.getValue())));
        graph.addNode(node);
        return new Value(name, output, operator.equals("Flatten") || operator.equals("Gemm"));
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer number) {
            return attribute
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(number)
                    .build();
        }
        if (value instanceof Double number) {
            return attribute
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(number.floatValue())
                    .build();
        }
        if (value instanceof String word) {
            return attribute
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(word))
                    .build();
        }
        return attribute
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of((long[]) value).boxed().toList())
                .build();
    }

    private static long[] square(long side) {
        return new long[] {side, side};
    }

    private static long[] allAround(long rows) {
        return new long[] {rows, rows, rows, rows};
    }

    private String[] withBias(boolean bias, String... inputs) {
        if (!bias) {
            return inputs;
        }
        String[] all = Arrays.copyOf(inputs, inputs.length + 1);
        all[inputs.length] = tensor(Slot.Role.BIAS);
        return all;
    }

    @Override
    public Value conv(Conv conv, Value x) {
        String[] inputs = withBias(conv.bias(), x.name(), tensor(Slot.Role.WEIGHT));
        return node(
                "Conv",
                Map.of(
                        "kernel_shape", square(conv.kernel()),
                        "strides", square(conv.stride()),
                        "pads", allAround(conv.padding()),
                        "group", conv.groups()),
                conv.output(x.shape()),
                inputs);
    }

    @Override
    public Value transposedConv(TransposedConv conv, Value x) {
        String[] inputs = withBias(conv.bias(), x.name(), tensor(Slot.Role.WEIGHT));
        return node(
                "ConvTranspose",
                Map.of("kernel_shape", square(conv.kernel()), "strides", square(conv.stride())),
                conv.output(x.shape()),
                inputs);
    }

    @Override
    public Value norm(Norm norm, Value x) {
        String weight = tensor(Slot.Role.NORM_WEIGHT);
        String bias = tensor(Slot.Role.NORM_BIAS);
        Map<String, Object> epsilon = Map.of("epsilon", norm.epsilon());
        return switch (norm.kind()) {
            case BATCH ->
                node(
                        "BatchNormalization",
                        epsilon,
                        x.shape(),
                        x.name(),
                        weight,
                        bias,
                        tensor(Slot.Role.RUNNING_MEAN),
                        tensor(Slot.Role.RUNNING_VARIANCE));
            case LAYER -> norm.channels() == 1 ? alone(x, bias) : layerNorm(x, weight, bias, epsilon);
        };
    }

    /** Takes the channels of a position: the operator does so only where they are the last dimension. */
    private Value layerNorm(Value x, String weight, String bias, Map<String, Object> epsilon) {
        Value last = node("Transpose", Map.of("perm", new long[] {0, 2, 3, 1}), x.shape(), x.name());
        Value normed = node("LayerNormalization", epsilon, x.shape(), last.name(), weight, bias);
        return node("Transpose", Map.of("perm", new long[] {0, 3, 1, 2}), x.shape(), normed.name());
    }

    /** A layer norm of one channel leaves its bias alone; ONNX Runtime refuses to normalise a single number. */
    private Value alone(Value x, String bias) {
        Value nothing = node("Mul", Map.of(), x.shape(), x.name(), constant(List.of(), 0f));
        return node("Add", Map.of(), x.shape(), nothing.name(), bias);
    }

    @Override
    public Value activation(Activation activation, Value x) {
        return switch (activation.kind()) {
            case RELU -> node("Relu", Map.of(), x.shape(), x.name());
            case RELU6 -> node("Clip", Map.of(), x.shape(), x.name(), constant(List.of(), 0f), constant(List.of(), 6f));
            case GELU -> gelu(x);
        };
    }

    /** x·Φ(x) = x/2 · (1 + erf(x/√2)): an operator of that name came with a later set than the one written here. */
    private Value gelu(Value x) {
        Value scaled = node("Mul", Map.of(), x.shape(), x.name(), constant(List.of(), (float) Math.sqrt(0.5)));
        Value erf = node("Erf", Map.of(), x.shape(), scaled.name());
        Value twice = node("Add", Map.of(), x.shape(), erf.name(), constant(List.of(), 1f));
        Value half = node("Mul", Map.of(), x.shape(), x.name(), constant(List.of(), 0.5f));
        return node("Mul", Map.of(), x.shape(), half.name(), twice.name());
    }

    @Override
    public Value pool(Pool pool, Value x) {
        long[] kernel = square(pool.kernel());
        long[] strides = square(pool.stride());
        long[] pads = allAround(pool.padding());
        Shape output = pool.output(x.shape());
        return switch (pool.kind()) {
            case MAX ->
                node("MaxPool", Map.of("kernel_shape", kernel, "strides", strides, "pads", pads), output, x.name());
            case AVERAGE ->
                node(
                        "AveragePool",
                        Map.of("kernel_shape", kernel, "strides", strides, "pads", pads, "count_include_pad", 1),
                        output,
                        x.name());
        };
    }

    @Override
    public Value adaptivePool(AdaptivePool pool, Value x) {
        Shape output = pool.output(x.shape());
        if (pool.size() == 1) {
            return node("GlobalAveragePool", Map.of(), output, x.name());
        }
        // Windows of different sizes: a matrix with each window's share, from the left for rows and the right for
        // columns.
        int height = x.shape().height();
        int width = x.shape().width();
        String rows = constant(List.of(pool.size(), height), windows(pool.size(), height));
        String columns = constant(List.of(pool.size(), width), windows(pool.size(), width));
        Value across = node("Transpose", Map.of("perm", new long[] {1, 0}), output, columns);
        Value down = node("MatMul", Map.of(), output, rows, x.name());
        return node("MatMul", Map.of(), output, down.name(), across.name());
    }

    /** Row i holds 1/n at the n positions of the i-th window: from ⌊i·side/size⌋ to ⌈(i + 1)·side/size⌉, as in PyTorch. */
    private static float[] windows(int size, int side) {
        float[] shares = new float[size * side];
        for (int i = 0; i < size; i++) {
            int from = i * side / size;
            int to = ((i + 1) * side + size - 1) / size;
            Arrays.fill(shares, i * side + from, i * side + to, 1f / (to - from));
        }
        return shares;
    }

    private Value vector(Value x) {
        Shape features = new Shape(Math.toIntExact(x.shape().elements()), 1, 1);
        return x.flat() ? x : node("Flatten", Map.of("axis", 1), features, x.name());
    }

    @Override
    public Value linear(Linear linear, Value x) {
        Value vector = vector(x);
        String[] inputs = withBias(linear.bias(), vector.name(), tensor(Slot.Role.WEIGHT));
        return node("Gemm", Map.of("transB", 1), linear.output(x.shape()), inputs);
    }

    @Override
    public Value flatten(Flatten flatten, Value x) {
        return vector(x);
    }

    @Override
    public Value upsample(Upsample upsample, Value x) {
        float factor = upsample.factor();
        Map<String, Object> how = switch (upsample.kind()) {
            case NEAREST ->
                Map.of(
                        "mode", "nearest",
                        "coordinate_transformation_mode", "asymmetric",
                        "nearest_mode", "floor");
            case BILINEAR -> Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel");
        };
        return node(
                "Resize", how, upsample.output(x.shape()), x.name(), "", constant(List.of(4), 1f, 1f, factor, factor));
    }

    @Override
    public Value scale(Scale scale, Value x) {
        return node("Mul", Map.of(), x.shape(), x.name(), tensor(Slot.Role.LAYER_SCALE, 1, scale.channels(), 1, 1));
    }

    @Override
    public Value crop(Crop crop, Value x) {
        int top = (x.shape().height() - crop.height()) / 2;
        int left = (x.shape().width() - crop.width()) / 2;
        return node(
                "Slice",
                Map.of(),
                crop.output(x.shape()),
                x.name(),
                constant(top, left),
                constant((long) top + crop.height(), (long) left + crop.width()),
                constant(2, 3));
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
        for (Layer step : chain.steps()) {
            value = step.accept(this, value);
        }
        return value;
    }

    @Override
    public Value fork(Fork fork, Value x) {
        List<Value> branches = new ArrayList<>();
        for (Layer branch : fork.branches()) {
            branches.add(branch.accept(this, x));
        }
        Shape output = branches.stream().map(Value::shape).reduce(fork::merge).orElseThrow();
        return switch (fork.merge()) {
            case ADD ->
                branches.stream()
                        .reduce((a, b) -> node("Add", Map.of(), output, a.name(), b.name()))
                        .orElseThrow();
            case CONCAT ->
                node(
                        "Concat",
                        Map.of("axis", 1),
                        output,
                        branches.stream().map(Value::name).toArray(String[]::new));
        };
    }
}
