package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import java.util.List;

/** Moves the weights of a module by the gradients of a loss. */
final class WeightUpdate {
    private final Module module;
    private final Training training;
    private final LossScale scale;
    private int moves;
    private boolean overflowed;

    WeightUpdate(Module module, Training training) {
        this.module = module;
        this.training = training;
        this.scale = LossScale.of(training.precision());
    }

    /**
     * Computes the gradients and takes a step; gives the square of the norm of the first layer's. A step whose
     * gradients overflow moves nothing, and gives 0.
     *
     * <p>Only in fp16 it waits for the device: gradients must be known to be finite before a weight moves.
     *
     * @param manager of what it gives
     */
    NDArray move(PtNDManager manager, NDArray loss, double rate) {
        overflowed = false;
        if (!scale.moves()) {
            module.backward(loss);
        } else {
            module.backward(loss, scale.value());
            NDArray sum =
                    module.call(manager, "unscale", List.of(1 / scale.value())).get(0);
            boolean finite = Float.isFinite(module.transfers().number(sum));
            scale.saw(finite);
            if (!finite) {
                overflowed = true;
                return module.call(manager, "forget").get(0);
            }
        }
        return module.call(manager, "step", StepArguments.of(training.optimizer(), rate, ++moves))
                .get(0);
    }

    /** True where the last step moved nothing. */
    boolean overflowed() {
        return overflowed;
    }

    /** Ends a trial whose gradients overflow at every scale; to be called for a loss that was finite. */
    void refuseOverflow() {
        if (overflowed && scale.exhausted()) {
            throw new TrialStop(
                    Outcome.DIVERGED,
                    ("Cannot go on training: gradients overflow in fp16 whatever the loss is divided by,"
                                    + " after %d steps that did not")
                            .formatted(moves));
        }
    }
}
