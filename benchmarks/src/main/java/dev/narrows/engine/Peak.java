package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Precision;
import dev.narrows.torch.InferenceModule;

/** Peak of one thread of this machine, by the engine's own operations. */
public final class Peak implements AutoCloseable {
    /** Side of the square matrices of {@link #product}. */
    public static final int SIDE = 2048;

    /** Size of a copy of {@link #copy}: a large activation. */
    public static final int COPIED_BYTES = 8 << 20;

    private final PtNDManager manager;
    private final Module module;
    private final NDArray matrix;
    private final NDArray from;

    public Peak(Engine engine, Precision precision) {
        // The last linear layer is always of fp32: a narrow one, so that the first is what is timed.
        Layer product = Chain.of(new Linear(SIDE, SIDE, false), new Linear(SIDE, 1, false));
        Program program =
                Rules.deployment(product, new dev.narrows.net.Shape(SIDE, 1, 1), Engine.elementType(precision));
        manager = engine.manager("cpu");
        module = new Module(manager, InferenceModule.of(program, Initialisation.of(program, 0)));
        matrix = manager.ones(new Shape(SIDE, SIDE), DataType.FLOAT32);
        from = manager.ones(new Shape(COPIED_BYTES / Float.BYTES), DataType.FLOAT32);
    }

    /** A product of two matrices of {@value #SIDE}x{@value #SIDE}: 2·{@value #SIDE}³ operations. */
    public void product() {
        try (PtNDManager results = (PtNDManager) manager.newSubManager()) {
            module.call(results, "forward", matrix);
        }
    }

    /** Reads and writes {@value #COPIED_BYTES} bytes, into memory that the process has already. */
    public void copy() {
        from.duplicate().close();
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
