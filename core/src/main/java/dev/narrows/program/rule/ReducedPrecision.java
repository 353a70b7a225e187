package dev.narrows.program.rule;

import dev.narrows.net.Conv;
import dev.narrows.program.ElementType;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    private final boolean slowGroupsInFp32;

    /**
     * @param type of convolutions and linear layers
     * @param slowGroupsInFp32 true where convolutions whose backward pass is slow in bf16 on processors stay in fp32
     */
    ReducedPrecision(ElementType type, boolean slowGroupsInFp32) {
        this.type = type;
        this.slowGroupsInFp32 = slowGroupsInFp32;
    }

    /**
     * True of a convolution without a fast backward pass in bf16: with so few channels per group, libtorch's library is
     * up to twelve times slower than in fp32 where it is depthwise with a stride, 1.2 to 3 times in small groups.
     */
    static boolean isSlow(Conv conv) {
        return conv.groups() > 1 && (conv.depthwise() ? conv.stride() > 1 : conv.in() / conv.groups() <= SMALL_GROUP);
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
            boolean slow = slowGroupsInFp32 && isSlow(conv.filter().conv());
            return Optional.of(slow || conv.filter().weight().equals(last) ? ElementType.FP32 : type);
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
