package dev.narrows.study;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The rule by which a gradient updates the weights, in PyTorch's definition. */
public sealed interface Optimizer extends Serializable {
    /** The kind, which has the name and the settings. */
    OptimizerKind kind();

    /** A few words for a person. */
    String label();

    /** The decay of every weight: added to the gradient by SGD, taken from the weight by AdamW. */
    double weightDecay();

    /** The names of the tensors that it keeps beside each weight, as large as the weight and zero at first. */
    List<String> state();

    /**
     * The two numbers beside the rate that change with each step; 1 where it has no use for them.
     *
     * @param number of the step, counted from 1
     */
    List<Double> corrections(int number);

    /** The reason why the settings do not go together, as a message; empty where they do. */
    Optional<String> misfit();

    /** The answer that each kind gets. */
    <A> A accept(Visitor<A> visitor);

    /** A question with an answer for each kind. */
    interface Visitor<A> {
        A sgd(Sgd sgd);

        A adamW(AdamW adamW);
    }

    /** torch.optim.SGD: v ← momentum·v + g, w ← w − rate·v; with Nesterov w ← w − rate·(g + momentum·v). */
    record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimizer {
        @Override
        public OptimizerKind kind() {
            return OptimizerKind.SGD;
        }

        @Override
        public String label() {
            return nesterov ? "SGD with Nesterov" : "SGD";
        }

        @Override
        public List<String> state() {
            return momentum == 0 ? List.of() : List.of("velocity");
        }

        @Override
        public List<Double> corrections(int number) {
            return List.of(1.0, 1.0);
        }

        @Override
        public Optional<String> misfit() {
            return nesterov && momentum == 0
                    ? Optional.of("Cannot take nesterov without momentum: it looks ahead along the momentum")
                    : Optional.empty();
        }

        @Override
        public <A> A accept(Visitor<A> visitor) {
            return visitor.sgd(this);
        }
    }

    /** torch.optim.AdamW (Loshchilov and Hutter, 2019), with bias correction and epsilon outside the root. */
    record AdamW(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
        @Override
        public OptimizerKind kind() {
            return OptimizerKind.ADAMW;
        }

        @Override
        public String label() {
            return "AdamW";
        }

        /** The running means of gradients and of their squares. */
        @Override
        public List<String> state() {
            return List.of("first", "second");
        }

        /** 1 − β1^t and √(1 − β2^t): both running means begin at zero. */
        @Override
        public List<Double> corrections(int number) {
            return List.of(1 - Math.pow(beta1, number), Math.sqrt(1 - Math.pow(beta2, number)));
        }

        @Override
        public Optional<String> misfit() {
            return Optional.empty();
        }

        @Override
        public <A> A accept(Visitor<A> visitor) {
            return visitor.adamW(this);
        }
    }
}
