package dev.narrows.checkpoint;

import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Weights;
import dev.narrows.study.Optimizer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The order of the tensors of a trial's state: all parameters of its program, running statistics among them, then for
 * each kind of tensor that the optimizer keeps one beside each weight that is trained. Values are fp32, each tensor in
 * the order of its shape.
 */
public record StateLayout(List<Parameter> parameters, List<String> kinds) {
    public StateLayout {
        parameters = List.copyOf(parameters);
        kinds = List.copyOf(kinds);
    }

    public static StateLayout of(Program program, Optimizer optimizer) {
        return new StateLayout(program.parameters(), optimizer.state());
    }

    /** Bytes of all tensors. */
    public long bytes() {
        long elements = 0;
        for (List<Parameter> group : groups()) {
            for (Parameter parameter : group) {
                elements += parameter.shape().elements();
            }
        }
        return elements * Float.BYTES;
    }

    /** A checksum of names and shapes: states of another program or optimizer have another one. */
    public long checksum() {
        CRC32C sum = new CRC32C();
        for (List<Parameter> group : groups()) {
            for (Parameter parameter : group) {
                sum.update("%s %s%n"
                        .formatted(parameter.name(), parameter.shape().sizes())
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        kinds.forEach(kind -> sum.update(kind.getBytes(StandardCharsets.UTF_8)));
        return sum.getValue();
    }

    private List<List<Parameter>> groups() {
        List<List<Parameter>> groups = new ArrayList<>();
        groups.add(parameters);
        kinds.forEach(kind -> groups.add(trainable()));
        return groups;
    }

    private List<Parameter> trainable() {
        return parameters.stream()
                .filter(parameter -> parameter.role().trainable())
                .toList();
    }

    /** The values of the parameters. */
    public Weights weights(ByteBuffer tensors) {
        return take(parameters, tensors.duplicate().order(tensors.order()).asFloatBuffer());
    }

    /** The values of what the optimizer keeps, by its kind. */
    public Map<String, Weights> kept(ByteBuffer tensors) {
        FloatBuffer floats = tensors.duplicate().order(tensors.order()).asFloatBuffer();
        take(parameters, floats);
        Map<String, Weights> kept = new LinkedHashMap<>();
        kinds.forEach(kind -> kept.put(kind, take(trainable(), floats)));
        return kept;
    }

    private static Weights take(List<Parameter> group, FloatBuffer floats) {
        Weights weights = new Weights();
        for (Parameter parameter : group) {
            float[] values = new float[parameter.shape().elements()];
            floats.get(values);
            weights.put(parameter, values);
        }
        return weights;
    }
}
