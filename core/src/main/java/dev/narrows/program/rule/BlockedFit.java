package dev.narrows.program.rule;

import dev.narrows.net.Activation;
import dev.narrows.net.Conv;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The networks that can train in {@link dev.narrows.program.Layout#BLOCKED}.
 *
 * <p>A network must stay in the layout from its first convolution, which must come first, to its last pooling, since
 * every step out of it and back costs more than a norm wins. The library has no ReLU6 or layer norm for it, nor biases
 * in bf16, nor a concatenation: that stays in parts, each filled up with zeros by itself.
 */
final class BlockedFit implements Step.Visitor<BlockedFit.State> {
    /**
     * Channels up to which a larger window than {@link #SMALL_KERNEL} costs more than norms win: it computes sixteen.
     */
    private static final int FEW_CHANNELS = 8;

    private static final int SMALL_KERNEL = 3;

    private final Map<Tensor, State> states = new HashMap<>();

    private BlockedFit() {}

    /** True where every step from the first convolution to the last pooling can work in the layout. */
    static boolean of(Program program) {
        if (program.readers().getOrDefault(program.input(), List.of()).size() != 1) {
            return false;
        }
        BlockedFit fit = new BlockedFit();
        fit.states.put(program.input(), new State(Place.IMAGE, List.of()));
        for (Step step : program.steps()) {
            State state = step.accept(fit);
            if (state.place() == Place.UNSUITED) {
                return false;
            }
            step.output().ifPresent(out -> fit.states.put(out, state));
        }
        return fit.state(program.output()).place() == Place.SCORES;
    }

    /** Places of a value on its way through a network. */
    private enum Place {
        /** Before the first convolution. */
        IMAGE,
        /** In the layout. */
        BLOCKS,
        /** Behind the last pooling. */
        FEATURES,
        /** Behind a linear layer. */
        SCORES,
        /** Behind a step that cannot work in the layout. */
        UNSUITED
    }

    /**
     * Known facts of a value.
     *
     * @param parts the channels of each tensor that a value in the layout is made of
     */
    record State(Place place, List<Integer> parts) {
        private static final State UNSUITED = new State(Place.UNSUITED, List.of());

        private boolean behindImages() {
            return place == Place.FEATURES || place == Place.SCORES;
        }

        /** Behind a step that works in the layout if that holds, and behind the images anyway. */
        private State within(boolean suited) {
            return behindImages() || (place == Place.BLOCKS && suited) ? this : UNSUITED;
        }

        private State asFeatures() {
            return place == Place.BLOCKS ? new State(Place.FEATURES, List.of()) : within(false);
        }

        /** True where zeros are at most a quarter of what lies in memory. */
        private boolean dense() {
            int channels = parts.stream().mapToInt(Integer::intValue).sum();
            int spare = parts.stream().mapToInt(BlockedLayout::spare).sum();
            return spare * 3 <= channels;
        }
    }

    private State state(Tensor tensor) {
        return states.getOrDefault(tensor, State.UNSUITED);
    }

    @Override
    public State convolve(Step.Convolve step) {
        State state = state(step.in());
        if (state.behindImages()) {
            return state;
        }
        Conv conv = step.filter().conv();
        boolean first = state.place() == Place.IMAGE;
        boolean narrow = Math.min(first ? conv.out() : conv.in(), conv.out()) <= FEW_CHANNELS;
        boolean suited = !conv.bias()
                && BlockedLayout.suits(conv)
                && (first || state.parts().size() == 1 || conv.groups() == 1)
                && (conv.kernel() <= SMALL_KERNEL || !narrow || conv.groups() > 1);
        return suited && (first || state.place() == Place.BLOCKS)
                ? new State(Place.BLOCKS, List.of(conv.out()))
                : State.UNSUITED;
    }

    @Override
    public State convolveTransposed(Step.ConvolveTransposed step) {
        return state(step.in()).within(false);
    }

    @Override
    public State project(Step.Project step) {
        return state(step.in()).asFeatures().behindImages() ? new State(Place.SCORES, List.of()) : State.UNSUITED;
    }

    @Override
    public State normaliseBatch(Step.NormaliseBatch step) {
        return state(step.in()).within(true);
    }

    @Override
    public State normaliseLayer(Step.NormaliseLayer step) {
        return state(step.in()).within(false);
    }

    @Override
    public State activate(Step.Activate step) {
        return state(step.in()).within(step.kind() != Activation.Kind.RELU6);
    }

    @Override
    public State poolWindows(Step.PoolWindows step) {
        return state(step.in()).within(true);
    }

    @Override
    public State poolToSize(Step.PoolToSize step) {
        return state(step.in()).asFeatures();
    }

    @Override
    public State flattenMaps(Step.FlattenMaps step) {
        return state(step.in()).asFeatures();
    }

    @Override
    public State enlarge(Step.Enlarge step) {
        return state(step.in()).within(false);
    }

    @Override
    public State scaleChannels(Step.ScaleChannels step) {
        return state(step.in()).within(false);
    }

    @Override
    public State cutOut(Step.CutOut step) {
        return state(step.in()).within(false);
    }

    @Override
    public State convert(Step.Convert step) {
        return state(step.in()).within(false);
    }

    @Override
    public State add(Step.Add step) {
        List<State> terms = step.terms().stream().map(this::state).toList();
        if (terms.stream().allMatch(State::behindImages)) {
            return terms.get(0);
        }
        return terms.stream()
                        .allMatch(term ->
                                term.place() == Place.BLOCKS && term.parts().size() == 1)
                ? terms.get(0)
                : State.UNSUITED;
    }

    @Override
    public State concatenate(Step.Concatenate step) {
        List<State> branches = step.parts().stream().map(this::state).toList();
        if (branches.stream().allMatch(State::behindImages)) {
            return branches.get(0);
        }
        if (branches.stream().anyMatch(branch -> branch.place() != Place.BLOCKS)) {
            return State.UNSUITED;
        }
        State joined = new State(
                Place.BLOCKS,
                branches.stream().flatMap(branch -> branch.parts().stream()).toList());
        return joined.within(joined.dense());
    }

    @Override
    public State measure(Step.MeasureTap step) {
        return state(step.in());
    }
}
