package dev.narrows.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Frozen;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import java.util.Map;

/**
 * A network as ONNX, folded as it is deployed: one input {@value #INPUT}, normalised fp32 images (N, C, H, W), and one
 * output {@value #OUTPUT}, fp32 scores (N, classes) or, of a network that keeps height and width, (N, classes, H, W). N
 * is free.
 */
public final class OnnxModel {
    public static final String INPUT = "images";
    public static final String OUTPUT = "scores";

    /** The first version of the format that operators of {@link #OPERATOR_SET} came with. */
    private static final int FORMAT = 8;

    /** The first version that has layer normalisation; runtimes of a later one run it too. */
    private static final int OPERATOR_SET = 17;

    private OnnxModel() {}

    /**
     * The bytes of the file.
     *
     * @param name of the graph
     * @param notes facts for the program that runs it, by key, such as the normalisation of images
     * @throws IllegalArgumentException where the weights exceed the 2 GiB of one such file
     */
    public static byte[] of(String name, Layer network, Shape input, Weights weights, Map<String, String> notes) {
        Frozen frozen = Frozen.of(Rules.deployment(network, input, ElementType.FP32), weights);
        Shape output = frozen.program().output().shape();
        GraphProto.Builder graph = new OnnxPrinter(frozen.weights(), INPUT, OUTPUT)
                .print(frozen.program())
                .setName(name)
                .addInput(images(INPUT, input))
                .addOutput(isVector(output) ? vectors(OUTPUT, output) : images(OUTPUT, output));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("narrows")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph);
        notes.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private static boolean isVector(Shape shape) {
        return shape.height() == 1 && shape.width() == 1;
    }

    private static ValueInfoProto images(String name, Shape shape) {
        return value(name, shape.channels(), shape.height(), shape.width());
    }

    private static ValueInfoProto vectors(String name, Shape shape) {
        return value(name, shape.channels());
    }

    private static ValueInfoProto value(String name, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
