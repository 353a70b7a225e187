package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.net.Layer;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.torch.InferenceModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A module that the engine has loaded, and its gradients.
 *
 * <p>DJL's own gradient collector allows one open collector in a process, so two trials beside each other fail. Here
 * the gradient mode, which libtorch keeps a thread, is set around each forward pass, and gradients stay with the
 * weights of this module, so any number of modules may train at once, each on a thread of its own.
 */
final class Module implements AutoCloseable {
    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final Transfers transfers = new Transfers();
    private final PtNDArray one;

    /** Loads an archive; what it allocates ends with this module. */
    Module(PtNDManager parent, byte[] archive) {
        this.manager = (PtNDManager) parent.newSubManager();
        try {
            this.block = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        }
        this.one = (PtNDArray) transfers.upload(manager, 1f);
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

    /** Calls a method with gradients recorded and gives its tensors, which belong to the manager of the inputs. */
    NDList record(String method, NDArray... inputs) {
        // DJL takes the method's name from an array that is not handed on.
        try (NDArray name = manager.create(new Shape(0), DataType.FLOAT32)) {
            name.setName("module_method:" + method);
            NDList list = new NDList(inputs);
            list.add(name);
            JniUtils.setGradMode(true);
            try {
                return IValueUtils.forward(block, list, true);
            } finally {
                JniUtils.setGradMode(false);
            }
        }
    }

    /** Adds to every weight's gradient that of a scalar. */
    void backward(NDArray loss) {
        JniUtils.backward((PtNDArray) loss, one, false, false);
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

    /** Adds to every weight's gradient that of a scalar, times this scale. */
    void backward(NDArray loss, double scale) {
        try (NDArray seed = transfers.upload(manager, (float) scale)) {
            JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, false, false);
        }
    }

    /** Calls a method with tensors, nothing recorded, and gives its tensors. */
    NDList call(PtNDManager results, String method, NDArray... inputs) {
        IValue[] values = new IValue[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = IValue.from((PtNDArray) inputs[i]);
        }
        return run(results, method, values);
    }

    /** Calls a method with numbers, nothing recorded, and gives its tensors. */
    NDList call(PtNDManager results, String method, List<Double> numbers) {
        return run(results, method, numbers.stream().map(IValue::from).toArray(IValue[]::new));
    }

    private NDList run(PtNDManager results, String method, IValue[] values) {
        try (IValue result = IValueUtils.runMethod(block, method, values)) {
            return result.toNDList(results);
        } finally {
            for (IValue value : values) {
                value.close();
            }
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
