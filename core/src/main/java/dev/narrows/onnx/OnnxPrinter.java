package dev.narrows.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.narrows.net.Conv;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.program.Parameter;
import dev.narrows.program.Printer;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import dev.narrows.program.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators of ONNX that compute a frozen program in fp32, and its tensors. */
final class OnnxPrinter implements Printer<GraphProto.Builder> {
    private final Weights weights;
    private final String in;
    private final String out;

    /**
     * @param in the name of the images
     * @param out the name of the scores
     */
    OnnxPrinter(Weights weights, String in, String out) {
        this.weights = weights;
        this.in = in;
        this.out = out;
    }

    /** Operators and tensors; the caller names the graph and its inputs and outputs. */
    @Override
    public GraphProto.Builder print(Program program) {
        OnnxNodes nodes = new OnnxNodes(weights);
        Printing printing = new Printing(nodes);
        printing.values.put(program.input(), new Value(in, false));
        for (Step step : program.steps()) {
            Value value = step.accept(printing);
            step.output().ifPresent(tensor -> printing.values.put(tensor, value));
        }
        Value scores = printing.value(program.output());
        Shape shape = program.output().shape();
        if (shape.height() == 1 && shape.width() == 1) {
            scores = printing.vector(scores);
        }
        nodes.graph()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput(scores.name())
                        .addOutput(out));
        return nodes.graph();
    }

    /**
     * The output of an operator.
     *
     * @param flat true where it is (N, C) instead of (N, C, 1, 1)
     */
    private record Value(String name, boolean flat) {}

    private static long[] square(long side) {
        return new long[] {side, side};
    }

    private static long[] allAround(long rows) {
        return new long[] {rows, rows, rows, rows};
    }

    private static final class Printing implements Step.Visitor<Value> {
        private final OnnxNodes nodes;
        private final Map<Tensor, Value> values = new HashMap<>();

        private Printing(OnnxNodes nodes) {
            this.nodes = nodes;
        }

        private Value value(Tensor tensor) {
            Value value = values.get(tensor);
            if (value == null) {
                throw new IllegalArgumentException("Cannot print %s: no step wrote it".formatted(tensor));
            }
            return value;
        }

        private String name(Tensor tensor) {
            return value(tensor).name();
        }

        private Value maps(String operator, Map<String, Object> attributes, String... inputs) {
            return new Value(nodes.node(operator, attributes, inputs), false);
        }

        private String[] withBias(Optional<Parameter> bias, String... inputs) {
            if (bias.isEmpty()) {
                return inputs;
            }
            String[] all = Arrays.copyOf(inputs, inputs.length + 1);
            all[inputs.length] = nodes.tensor(bias.get());
            return all;
        }

        private static IllegalArgumentException unfrozen(Step step) {
            return new IllegalArgumentException(
                    "Cannot write %s as ONNX: only frozen programs in fp32".formatted(step));
        }

        @Override
        public Value convolve(Step.Convolve step) {
            if (step.filter().norm().isPresent()) {
                throw unfrozen(step);
            }
            Conv conv = step.filter().conv();
            String[] inputs = withBias(
                    step.filter().bias(),
                    name(step.in()),
                    nodes.tensor(step.filter().weight()));
            return maps(
                    "Conv",
                    Map.of(
                            "kernel_shape", square(conv.kernel()),
                            "strides", square(conv.stride()),
                            "pads", allAround(conv.padding()),
                            "group", conv.groups()),
                    inputs);
        }

        @Override
        public Value convolveTransposed(Step.ConvolveTransposed step) {
            if (step.norm().isPresent()) {
                throw unfrozen(step);
            }
            String[] inputs = withBias(step.bias(), name(step.in()), nodes.tensor(step.weight()));
            return maps(
                    "ConvTranspose",
                    Map.of(
                            "kernel_shape",
                            square(step.conv().kernel()),
                            "strides",
                            square(step.conv().stride())),
                    inputs);
        }

        @Override
        public Value project(Step.Project step) {
            Value vector = vector(value(step.in()));
            String[] inputs = withBias(step.bias(), vector.name(), nodes.tensor(step.weight()));
            return new Value(nodes.node("Gemm", Map.of("transB", 1), inputs), true);
        }

        private Value vector(Value x) {
            return x.flat() ? x : new Value(nodes.node("Flatten", Map.of("axis", 1), x.name()), true);
        }

        @Override
        public Value normaliseBatch(Step.NormaliseBatch step) {
            List<String> inputs = step.parameters().stream().map(nodes::tensor).toList();
            return maps(
                    "BatchNormalization",
                    Map.of("epsilon", step.epsilon()),
                    name(step.in()),
                    inputs.get(0),
                    inputs.get(1),
                    inputs.get(2),
                    inputs.get(3));
        }

        @Override
        public Value normaliseLayer(Step.NormaliseLayer step) {
            String weight = nodes.tensor(step.weight());
            String bias = nodes.tensor(step.bias());
            if (step.in().shape().channels() == 1) {
                return alone(step.in(), bias);
            }
            // The operator takes the channels of a position only where they are the last dimension.
            String last = nodes.node("Transpose", Map.of("perm", new long[] {0, 2, 3, 1}), name(step.in()));
            String normed = nodes.node("LayerNormalization", Map.of("epsilon", step.epsilon()), last, weight, bias);
            return maps("Transpose", Map.of("perm", new long[] {0, 3, 1, 2}), normed);
        }

        /** A layer norm of one channel leaves its bias alone; ONNX Runtime refuses to normalise a single number. */
        private Value alone(Tensor x, String bias) {
            String nothing = nodes.node("Mul", Map.of(), name(x), nodes.constant(List.of(), 0f));
            return maps("Add", Map.of(), nothing, bias);
        }

        @Override
        public Value activate(Step.Activate step) {
            String x = name(step.in());
            return switch (step.kind()) {
                case RELU -> maps("Relu", Map.of(), x);
                case RELU6 -> maps("Clip", Map.of(), x, nodes.constant(List.of(), 0f), nodes.constant(List.of(), 6f));
                case GELU -> gelu(x);
            };
        }

        /** x·Φ(x) = x/2 · (1 + erf(x/√2)): an operator of that name came with a later set than the one written here. */
        private Value gelu(String x) {
            String scaled = nodes.node("Mul", Map.of(), x, nodes.constant(List.of(), (float) Math.sqrt(0.5)));
            String erf = nodes.node("Erf", Map.of(), scaled);
            String twice = nodes.node("Add", Map.of(), erf, nodes.constant(List.of(), 1f));
            String half = nodes.node("Mul", Map.of(), x, nodes.constant(List.of(), 0.5f));
            return maps("Mul", Map.of(), half, twice);
        }

        @Override
        public Value poolWindows(Step.PoolWindows step) {
            Pool pool = step.pool();
            long[] kernel = square(pool.kernel());
            long[] strides = square(pool.stride());
            long[] pads = allAround(pool.padding());
            return switch (pool.kind()) {
                case MAX ->
                    maps("MaxPool", Map.of("kernel_shape", kernel, "strides", strides, "pads", pads), name(step.in()));
                case AVERAGE ->
                    maps(
                            "AveragePool",
                            Map.of("kernel_shape", kernel, "strides", strides, "pads", pads, "count_include_pad", 1),
                            name(step.in()));
            };
        }

        @Override
        public Value poolToSize(Step.PoolToSize step) {
            int size = step.pool().size();
            if (size == 1) {
                return maps("GlobalAveragePool", Map.of(), name(step.in()));
            }
            // Windows of different sizes: a matrix with each window's share, from the left for rows and the right for
            // columns.
            int height = step.in().shape().height();
            int width = step.in().shape().width();
            String rows = nodes.constant(List.of(size, height), windows(size, height));
            String columns = nodes.constant(List.of(size, width), windows(size, width));
            String across = nodes.node("Transpose", Map.of("perm", new long[] {1, 0}), columns);
            String down = nodes.node("MatMul", Map.of(), rows, name(step.in()));
            return maps("MatMul", Map.of(), down, across);
        }

        /** Row i holds 1/n at the n positions of window i: from ⌊i·side/size⌋ to ⌈(i + 1)·side/size⌉, as in PyTorch. */
        private static float[] windows(int size, int side) {
            float[] shares = new float[size * side];
            for (int i = 0; i < size; i++) {
                int from = i * side / size;
                int to = ((i + 1) * side + size - 1) / size;
                Arrays.fill(shares, i * side + from, i * side + to, 1f / (to - from));
            }
            return shares;
        }

        @Override
        public Value flattenMaps(Step.FlattenMaps step) {
            return vector(value(step.in()));
        }

        @Override
        public Value enlarge(Step.Enlarge step) {
            float factor = step.upsample().factor();
            Map<String, Object> how = switch (step.upsample().kind()) {
                case NEAREST ->
                    Map.of(
                            "mode", "nearest",
                            "coordinate_transformation_mode", "asymmetric",
                            "nearest_mode", "floor");
                case BILINEAR -> Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel");
            };
            return maps("Resize", how, name(step.in()), "", nodes.constant(List.of(4), 1f, 1f, factor, factor));
        }

        @Override
        public Value scaleChannels(Step.ScaleChannels step) {
            int channels = step.in().shape().channels();
            return maps("Mul", Map.of(), name(step.in()), nodes.tensor(step.factor(), 1, channels, 1, 1));
        }

        @Override
        public Value cutOut(Step.CutOut step) {
            Shape kept = step.out().shape();
            return maps(
                    "Slice",
                    Map.of(),
                    name(step.in()),
                    nodes.constant(step.top(), step.left()),
                    nodes.constant((long) step.top() + kept.height(), (long) step.left() + kept.width()),
                    nodes.constant(2, 3));
        }

        @Override
        public Value convert(Step.Convert step) {
            throw unfrozen(step);
        }

        @Override
        public Value add(Step.Add step) {
            return step.terms().stream()
                    .map(this::value)
                    .reduce((a, b) -> maps("Add", Map.of(), a.name(), b.name()))
                    .orElseThrow();
        }

        @Override
        public Value concatenate(Step.Concatenate step) {
            return maps(
                    "Concat",
                    Map.of("axis", 1),
                    step.parts().stream().map(this::name).toArray(String[]::new));
        }

        @Override
        public Value measure(Step.MeasureTap step) {
            return value(step.in());
        }
    }
}
