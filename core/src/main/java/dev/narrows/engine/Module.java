package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.checkpoint.StateLayout;
import dev.narrows.net.Layer;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.torch.InferenceModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A module that the engine has loaded.
 *
 * <p>DJL's own gradient collector allows one open collector in a process, so two trials beside each other fail. Here
 * the gradient mode, which libtorch keeps a thread, is set around each training step, and gradients stay within it, so
 * any number of modules may train at once, each on a thread of its own.
 */
final class Module implements AutoCloseable {
    private static final TrainingCalls CALLS = new TrainingCalls();

    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final Transfers transfers = new Transfers();

    /** Loads an archive; what it allocates ends with this module. */
    Module(PtNDManager parent, byte[] archive) {
        this.manager = (PtNDManager) parent.newSubManager();
        try {
            this.block = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the weights have gradients. */
    void enableTraining() {
        for (NDArray parameter : JniUtils.moduleGetParams(block, manager)) {
            parameter.setRequiresGradient(true);
        }
    }

    /** The weights by their names in the archive. */
    NDList parameters() {
        return JniUtils.moduleGetParams(block, manager);
    }

    PtNDManager manager() {
        return manager;
    }

    /** Of this module: its batches on the way to the device, and figures on the way back. */
    Transfers transfers() {
        return transfers;
    }

    /** The network of a training module with the weights that it has now, as the archive that is deployed. */
    byte[] archive(Layer network, dev.narrows.net.Shape input) {
        Program program = Rules.kept(network, input);
        List<Parameter> parameters = program.parameters();
        Weights weights = new Weights();
        try (PtNDManager results = (PtNDManager) manager.newSubManager()) {
            NDList tensors = call(results, "weights");
            for (int i = 0; i < parameters.size(); i++) {
                weights.put(parameters.get(i), transfers.floats(tensors.get(i)));
            }
        }
        return InferenceModule.of(program, weights);
    }

    /**
     * Copies the values of all tensors that training changes, as {@link StateLayout} orders them.
     *
     * @param kinds of tensors that the optimizer keeps
     */
    void copyState(List<String> kinds, ByteBuffer into) {
        FloatBuffer floats = into.asFloatBuffer();
        try (PtNDManager results = (PtNDManager) manager.newSubManager()) {
            call(results, "weights").forEach(tensor -> floats.put(transfers.floats(tensor)));
            for (String kind : kinds) {
                try (IValue list = tensors(kind)) {
                    // Flat tensors are in the order of their shapes, whatever their strides.
                    list.toNDList(results).forEach(tensor -> floats.put(transfers.floats(tensor.flatten())));
                }
            }
        }
        if (floats.hasRemaining()) {
            throw new IllegalStateException(
                    "Cannot copy the state of a trial: %d values are missing".formatted(floats.remaining()));
        }
    }

    /** Calls a method with gradients recorded where they can be, and gives what it returns; the caller closes it. */
    IValue train(String method, IValue... arguments) {
        JniUtils.setGradMode(true);
        try {
            return CALLS.call(block, method, arguments);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /**
     * The values that a method without arguments returns, as tensors that a training step may change; the caller closes
     * it.
     */
    IValue tensors(String method) {
        return CALLS.call(block, method);
    }

    /** Calls a method with tensors, nothing recorded, and gives its tensors. */
    NDList call(PtNDManager results, String method, NDArray... inputs) {
        IValue[] values = new IValue[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = IValue.from((PtNDArray) inputs[i]);
        }
        try {
            return callWith(results, method, values);
        } finally {
            for (IValue value : values) {
                value.close();
            }
        }
    }

    /** Calls a method with values, nothing recorded, and gives its tensors. The values stay open. */
    NDList callWith(PtNDManager results, String method, IValue... values) {
        try (IValue result = IValueUtils.runMethod(block, method, values)) {
            return result.toNDList(results);
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
