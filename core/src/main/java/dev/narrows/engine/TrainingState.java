package dev.narrows.engine;

import dev.narrows.checkpoint.StepClock;
import dev.narrows.program.Weights;
import java.util.Map;

/**
 * The state that training begins with.
 *
 * @param kept values of what the optimizer keeps beside each weight, by its kind; none for zeros
 */
record TrainingState(Weights weights, Map<String, Weights> kept, StepClock clock) {
    TrainingState {
        kept = Map.copyOf(kept);
    }
}
