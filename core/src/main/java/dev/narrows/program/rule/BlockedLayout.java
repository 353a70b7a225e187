package dev.narrows.program.rule;

import dev.narrows.net.Conv;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.program.BatchNorm;
import dev.narrows.program.ElementType;
import dev.narrows.program.Filter;
import dev.narrows.program.Form;
import dev.narrows.program.Layout;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A network trains in {@link Layout#BLOCKED} from its first convolution to its last pooling, where it
 * {@linkplain BlockedFit suits}.
 *
 * <p>In that layout oneDNN's own batch norm runs, which takes 0.4 of the time of libtorch's in bf16. Channels are
 * filled up with zeros to a multiple of sixteen. The library cannot concatenate, so a concatenation stays in parts: a
 * step that treats each channel by itself treats each part, and a convolution adds up what it makes of each. Weights
 * stay fp32: the library copies them into its own order and precision at each call, and gives their gradients in fp32.
 */
public final class BlockedLayout implements Rule {
    /** Channels that lie side by side. */
    private static final int BLOCK = 16;

    /** Channels up to which a convolution in odd groups is computed without groups: arithmetic grows by them. */
    private static final int FEW_CHANNELS = 4 * BLOCK;

    /**
     * Side up to which the library's depthwise convolution without a stride beats one in groups of sixteen channels.
     */
    private static final int DEPTHWISE_KERNEL = 3;

    /** Channels of a joined group where the library's depthwise convolution could do without. */
    private static final int WIDE = 2 * BLOCK;

    private final ElementType type;
    private final Set<TrainingRule> chosen;

    /**
     * @param type of images and activations in the layout
     * @param chosen rules that say how depthwise convolutions are computed
     */
    BlockedLayout(ElementType type, Set<TrainingRule> chosen) {
        this.type = type;
        this.chosen = Set.copyOf(chosen);
    }

    /** True where a network can train in the layout. */
    public static boolean suits(Program program) {
        return BlockedFit.of(program);
    }

    /** The number of channels of zeros that lie behind so many: 0 to 15. */
    static int spare(int channels) {
        return Math.floorMod(-channels, BLOCK);
    }

    /** True of a convolution that the library is fast at in this layout, with some of its groups joined. */
    static boolean suits(Conv conv) {
        return conv.depthwise() || joined(conv).isPresent();
    }

    /**
     * The number of neighbouring groups of a convolution that are computed as one, by a weight that is zero between
     * them. The library is fast from sixteen channels per group, and only where they are a multiple of sixteen.
     *
     * @return 1 where groups stay as they are; empty where it would be slow either way
     */
    private static OptionalInt joined(Conv conv) {
        int groups = conv.groups();
        if (groups == 1) {
            return OptionalInt.of(1);
        }
        OptionalInt whole = IntStream.rangeClosed(1, groups)
                .filter(count -> groups % count == 0)
                .filter(count -> conv.in() / groups * count % BLOCK == 0 && conv.out() / groups * count % BLOCK == 0)
                .findFirst();
        return whole.isEmpty() && Math.max(conv.in(), conv.out()) <= FEW_CHANNELS ? OptionalInt.of(groups) : whole;
    }

    /** The same for a depthwise convolution, of which spare channels are groups too. */
    private int joinedDepthwise(Conv conv) {
        if (conv.kernel() > DEPTHWISE_KERNEL || conv.stride() > 1) {
            return chosen.contains(TrainingRule.BLOCKED_DEPTHWISE_IN_SIXTEENS) ? BLOCK : 1;
        }
        boolean whole = (conv.groups() + spare(conv.groups())) % WIDE == 0;
        return whole && chosen.contains(TrainingRule.BLOCKED_DEPTHWISE_IN_THIRTY_TWOS) ? WIDE : 1;
    }

    private int together(Conv conv) {
        return conv.depthwise() ? joinedDepthwise(conv) : joined(conv).orElseThrow();
    }

    @Override
    public Program apply(Program program) {
        return suits(program) ? new Blocking(program).done() : program;
    }

    /** A program that is written in the layout, and the parts of each value in it. */
    private final class Blocking {
        private final Rewriting rewriting;
        private final Map<Tensor, List<Tensor>> parts = new HashMap<>();

        private Blocking(Program program) {
            rewriting = new Rewriting(program);
            Tensor images = program.input();
            Tensor opaque = rewriting.fresh(images.shape(), type, Layout.BLOCKED, 0);
            rewriting.emit(new Step.Convert(images, opaque));
            parts.put(images, List.of(opaque));
            for (Step step : program.steps()) {
                write(step);
            }
        }

        private Program done() {
            return rewriting.done().in(Form.BLOCKED);
        }

        private List<Tensor> partsOf(Tensor value) {
            return parts.getOrDefault(value, List.of());
        }

        private void write(Step step) {
            if (!parts.containsKey(step.inputs().get(0))) {
                rewriting.keep(step);
            } else if (step instanceof Step.Convolve conv) {
                convolve(conv);
            } else if (step instanceof Step.NormaliseBatch norm) {
                normalise(norm);
            } else if (step instanceof Step.Activate activation) {
                eachPart(activation, (in, out) -> new Step.Activate(in, activation.kind(), false, out));
            } else if (step instanceof Step.PoolWindows pool) {
                eachPart(pool, (in, out) -> new Step.PoolWindows(in, pool.pool(), out));
            } else if (step instanceof Step.Add sum) {
                List<Tensor> terms =
                        sum.terms().stream().map(term -> partsOf(term).get(0)).toList();
                Tensor out = blocked(sum.out().shape());
                rewriting.emit(new Step.Add(terms, Set.of(), out));
                parts.put(sum.out(), List.of(out));
            } else if (step instanceof Step.Concatenate concatenation) {
                parts.put(
                        concatenation.out(),
                        concatenation.parts().stream()
                                .flatMap(part -> partsOf(part).stream())
                                .toList());
            } else {
                leave(step.inputs().get(0));
                rewriting.keep(step);
            }
        }

        private Tensor blocked(Shape shape) {
            return rewriting.fresh(shape, type, Layout.BLOCKED, spare(shape.channels()));
        }

        private interface PartStep {
            Step of(Tensor in, Tensor out);
        }

        /** A step that treats each channel by itself. */
        private void eachPart(Step.Single step, PartStep made) {
            List<Tensor> outs = new ArrayList<>();
            for (Tensor part : partsOf(step.in())) {
                Shape shape = step.out().shape().withChannels(part.shape().channels());
                Tensor out = rewriting.fresh(shape, type, Layout.BLOCKED, part.spare());
                rewriting.emit(made.of(part, out));
                outs.add(out);
            }
            parts.put(step.out(), outs);
        }

        private void normalise(Step.NormaliseBatch step) {
            BatchNorm norm = step.norms().get(0);
            int[] start = {0};
            eachPart(step, (in, out) -> {
                int end = start[0] + in.shape().channels();
                BatchNorm span = norm.span(start[0], end);
                start[0] = end;
                return new Step.NormaliseBatch(in, List.of(span), step.byBatch(), out);
            });
        }

        private void convolve(Step.Convolve step) {
            Filter filter = step.filter().joining(together(step.filter().conv()));
            List<Tensor> ins = partsOf(step.in());
            Optional<Tensor> sum = Optional.empty();
            int start = 0;
            for (Tensor in : ins) {
                int end = start + in.shape().channels();
                Tensor out = blocked(step.out().shape());
                convolve(ins.size() == 1 ? filter : filter.inputs(start, end), in, out);
                sum = Optional.of(sum.map(before -> added(before, out)).orElse(out));
                start = end;
            }
            parts.put(step.out(), List.of(sum.orElseThrow()));
        }

        /**
         * A convolution of single positions, a stride apart, gives the gradient of its input in another layout; a
         * pooling that picks the positions does not.
         */
        private void convolve(Filter filter, Tensor in, Tensor out) {
            Conv conv = filter.conv();
            if (conv.kernel() > 1 || conv.padding() > 0 || conv.stride() == 1) {
                rewriting.emit(new Step.Convolve(in, filter, out));
                return;
            }
            Shape picked = out.shape().withChannels(in.shape().channels());
            Tensor positions = rewriting.fresh(picked, type, Layout.BLOCKED, in.spare());
            rewriting.emit(new Step.PoolWindows(in, new Pool(Pool.Kind.AVERAGE, 1, conv.stride(), 0), positions));
            Conv dense = new Conv(conv.in(), conv.out(), 1, 1, 0, conv.groups(), conv.bias());
            rewriting.emit(new Step.Convolve(positions, filter.geometry(dense), out));
        }

        private Tensor added(Tensor before, Tensor more) {
            Tensor sum = rewriting.fresh(before);
            rewriting.emit(new Step.Add(List.of(more, before), Set.of(), sum));
            return sum;
        }

        /** An fp32 tensor that any step takes, in the place of one in the layout. */
        private void leave(Tensor value) {
            List<Tensor> dense = new ArrayList<>();
            for (Tensor part : partsOf(value)) {
                Tensor left = rewriting.fresh(part.shape(), ElementType.FP32, Layout.CHANNELS_LAST, 0);
                rewriting.emit(new Step.Convert(part, left));
                dense.add(left);
            }
            Tensor whole = dense.get(0);
            if (dense.size() > 1) {
                whole = rewriting.fresh(value.shape(), ElementType.FP32, Layout.CHANNELS_LAST, 0);
                rewriting.emit(new Step.Concatenate(dense, whole));
            }
            rewriting.replace(value, whole);
        }
    }
}
