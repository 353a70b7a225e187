package dev.narrows.program.rule;

import dev.narrows.net.Conv;
import dev.narrows.program.ElementType;
import dev.narrows.program.Filter;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Convolutions and linear layers in a reduced precision, and what follows them in theirs.
 *
 * <p>The layer of the scores stays in fp32, whose 24 bits keep two classes from tying where bf16 has 8. What lies in
 * {@link dev.narrows.program.Layout#BLOCKED} has the precision of its images already.
 */
final class ReducedPrecision implements Rule {
    /** Channels per group up to which the backward pass of a grouped convolution is slow. */
    private static final int SMALL_GROUP = 8;

    private final ElementType type;
    private final Set<TrainingRule> chosen;

    /**
     * @param type of convolutions and linear layers
     * @param chosen rules that say which convolutions stay in fp32
     */
    ReducedPrecision(ElementType type, Set<TrainingRule> chosen) {
        this.type = type;
        this.chosen = Set.copyOf(chosen);
    }

    /**
     * True of a convolution that stays in fp32 for want of a fast backward pass: in bf16 libtorch's library was up to
     * twelve times slower than in fp32 where it is depthwise with a stride, 1.2 to 3 times in small groups. Groups that
     * are computed as one are not small.
     */
    private boolean staysInFp32(Filter filter) {
        Conv conv = filter.conv();
        if (conv.groups() == 1 || filter.together() > 1) {
            return false;
        }
        if (!conv.depthwise()) {
            return conv.in() / conv.groups() <= SMALL_GROUP && chosen.contains(TrainingRule.SMALL_GROUPS_IN_FP32);
        }
        return conv.stride() > 1
                ? chosen.contains(TrainingRule.STRIDED_DEPTHWISE_IN_FP32)
                : conv.kernel() >= JoinedDepthwise.LARGE && chosen.contains(TrainingRule.LARGE_DEPTHWISE_IN_FP32);
    }

    @Override
    public Program apply(Program program) {
        Parameter last = program.lastWeight();
        Rewriting rewritten = new Rewriting(program);
        for (Step step : program.steps()) {
            Map<Tensor, Tensor> read = new LinkedHashMap<>();
            for (Tensor in : step.inputs()) {
                read.put(in, rewritten.now(in));
            }
            wanted(step, read.values(), last)
                    .ifPresent(wanted -> read.replaceAll((in, now) -> converted(now, wanted, rewritten)));
            step.output().filter(out -> !(step instanceof Step.Convert)).ifPresent(out -> {
                Tensor first = step.inputs().get(0);
                ElementType given = read.getOrDefault(first, first).type();
                rewritten.replace(out, out.withType(given));
            });
            rewritten.emit(step.with(tensor -> read.getOrDefault(tensor, rewritten.now(tensor))));
        }
        Tensor scores = rewritten.now(program.output());
        rewritten.replace(program.output(), converted(scores, ElementType.FP32, rewritten));
        return rewritten.done();
    }

    /** The type that a step computes in; empty where it takes what it gets. */
    private Optional<ElementType> wanted(Step step, Collection<Tensor> inputs, Parameter last) {
        if (step instanceof Step.Convolve conv) {
            if (conv.out().blocked()) {
                return Optional.empty();
            }
            boolean exact = staysInFp32(conv.filter()) || conv.filter().weight().equals(last);
            return Optional.of(exact ? ElementType.FP32 : type);
        }
        if (step instanceof Step.Project project) {
            return Optional.of(project.weight().equals(last) ? ElementType.FP32 : type);
        }
        if (step instanceof Step.ConvolveTransposed) {
            return Optional.of(type);
        }
        boolean merges = step instanceof Step.Add || step instanceof Step.Concatenate;
        return merges && inputs.stream().anyMatch(tensor -> tensor.type().reduced())
                ? Optional.of(type)
                : Optional.empty();
    }

    private static Tensor converted(Tensor tensor, ElementType wanted, Rewriting rewritten) {
        if (tensor.type() == wanted) {
            return tensor;
        }
        Tensor out = rewritten.fresh(tensor.shape(), wanted, tensor.layout(), tensor.spare());
        rewritten.emit(new Step.Convert(tensor, out));
        return out;
    }
}
