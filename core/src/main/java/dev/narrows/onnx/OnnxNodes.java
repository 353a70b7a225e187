package dev.narrows.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.narrows.program.Parameter;
import dev.narrows.program.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A graph of ONNX under construction: operators, and the tensors that they read. */
final class OnnxNodes {
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Weights weights;
    private int values;

    OnnxNodes(Weights weights) {
        this.weights = weights;
    }

    GraphProto.Builder graph() {
        return graph;
    }

    /** The tensor of a parameter, in its own shape where no sizes are given. */
    String tensor(Parameter parameter, Integer... sizes) {
        List<Integer> shape = sizes.length == 0 ? parameter.shape().sizes() : List.of(sizes);
        return tensor(parameter.name(), shape, weights.get(parameter));
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

    /** A constant fp32 tensor of these sizes; a scalar where there are none. */
    String constant(List<Integer> sizes, float... numbers) {
        return tensor("c" + values++, sizes, numbers);
    }

    /** A constant vector of whole numbers. */
    String constant(long... numbers) {
        String name = "c" + values++;
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(numbers.length)
                .addAllInt64Data(LongStream.of(numbers).boxed().toList()));
        return name;
    }

    /**
     * The output of an operator.
     *
     * @param attributes whole numbers, lists of them, fractions and words by their names
     */
    String node(String operator, Map<String, Object> attributes, String... inputs) {
        String name = "v" + values++;
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(name);
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(attribute -> node.addAttribute(attribute(attribute.getKey(), attribute.getValue())));
        graph.addNode(node);
        return name;
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
}
