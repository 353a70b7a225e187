package dev.narrows.program;

import dev.narrows.net.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The laws of programs, held after each rule: every tensor is written once and before it is read, shapes, types and
 * layouts follow from the step, each parameter is bound, and nothing is overwritten that is read later.
 */
public final class Check {
    private final Program program;
    private final Set<Tensor> written = new HashSet<>();
    private final Set<Integer> numbers = new HashSet<>();
    private final Set<Parameter> bound = new HashSet<>();
    private final Map<Tensor, Integer> lastRead = new HashMap<>();

    private Check(Program program) {
        this.program = program;
    }

    /**
     * Refuses a program that breaks a law.
     *
     * @throws IllegalArgumentException with the step and what is wrong with it
     */
    public static void holds(Program program) {
        new Check(program).run();
    }

    private void run() {
        require(
                program.repeatedNames().isEmpty(),
                "the parameters have names that stand more than once: %s",
                program.repeatedNames());
        List<Step> steps = program.steps();
        for (int i = 0; i < steps.size(); i++) {
            for (Tensor in : steps.get(i).inputs()) {
                lastRead.put(in, i);
            }
        }
        write(program.input());
        require(
                program.input()
                        .equals(Tensor.plain(
                                program.input().number(), program.input().shape())),
                "the images are %s instead of plain fp32",
                program.input());
        Set<Parameter> known = new HashSet<>(program.parameters());
        for (int i = 0; i < steps.size(); i++) {
            try {
                step(steps.get(i), i, known);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Cannot take step %d, %s: %s".formatted(i, steps.get(i), e.getMessage()), e);
            }
        }
        Tensor output = program.output();
        require(written.contains(output), "the output %s is written by no step", output);
        require(
                !output.type().reduced() && !output.blocked() && output.spare() == 0,
                "the output is %s instead of plain fp32",
                output);
        known.removeAll(bound);
        require(
                known.isEmpty(),
                "no step reads the parameters %s",
                known.stream().map(Parameter::name).sorted().toList());
    }

    private void step(Step step, int index, Set<Parameter> known) {
        for (Tensor in : step.inputs()) {
            require(written.contains(in), "%s is read before it is written", in);
        }
        for (Parameter parameter : step.parameters()) {
            require(known.contains(parameter), "%s is no parameter of the network", parameter.name());
        }
        bound.addAll(step.parameters());
        step.accept(new OfStep(index));
        step.output().ifPresent(this::write);
    }

    private void write(Tensor tensor) {
        require(numbers.add(tensor.number()), "%s is written a second time", tensor);
        written.add(tensor);
    }

    private static void require(boolean law, String message, Object... values) {
        if (!law) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }

    /** The laws of one kind of step each. */
    private final class OfStep implements Step.Visitor<Optional<Tensor>> {
        private final int index;

        private OfStep(int index) {
            this.index = index;
        }

        private Optional<Tensor> gives(Tensor out, Shape shape, Tensor like, int spare) {
            Tensor expected = new Tensor(out.number(), shape, like.type(), like.layout(), spare);
            require(out.equals(expected), "it should give %s", expected);
            return Optional.of(out);
        }

        private Optional<Tensor> givesDense(Tensor in, Tensor out, Shape shape) {
            dense(in);
            return gives(out, shape, in, 0);
        }

        private void dense(Tensor in) {
            require(!in.blocked() && in.spare() == 0, "it cannot read %s", in);
        }

        private void overwrites(Tensor tensor) {
            require(!tensor.equals(program.input()), "the images may not be overwritten");
            require(
                    lastRead.getOrDefault(tensor, index) == index,
                    "%s is read later and may not be overwritten",
                    tensor);
        }

        private void channels(Tensor in, int wanted) {
            require(in.shape().channels() == wanted, "it reads %d channels of %s", wanted, in);
        }

        @Override
        public Optional<Tensor> convolve(Step.Convolve step) {
            Filter filter = step.filter();
            Tensor in = step.in();
            channels(in, filter.to() - filter.from());
            filter.norm()
                    .ifPresent(norm -> require(
                            norm.channels() == filter.conv().out(),
                            "the folded norm has %d channels",
                            norm.channels()));
            if (filter.conv().depthwise() && !in.blocked()) {
                require(step.out().spare() == in.spare(), "a depthwise convolution hands on spare channels");
            }
            require(!in.blocked() || filter.bias().isEmpty(), "the blocked layout has no bias");
            require(
                    (filter.conv().groups()
                                            + (filter.conv().depthwise()
                                                    ? step.out().spare()
                                                    : 0))
                                    % filter.together()
                            == 0,
                    "%d groups cannot be computed as one",
                    filter.together());
            Shape whole = in.shape().withChannels(filter.conv().in());
            return gives(step.out(), filter.conv().output(whole), in, step.out().spare());
        }

        @Override
        public Optional<Tensor> convolveTransposed(Step.ConvolveTransposed step) {
            channels(step.in(), step.conv().in());
            return givesDense(
                    step.in(), step.out(), step.conv().output(step.in().shape()));
        }

        @Override
        public Optional<Tensor> project(Step.Project step) {
            require(
                    step.in().shape().elements() == step.linear().in(),
                    "it reads %d scalars of %s",
                    step.linear().in(),
                    step.in());
            return givesDense(step.in(), step.out(), new Shape(step.linear().out(), 1, 1));
        }

        @Override
        public Optional<Tensor> normaliseBatch(Step.NormaliseBatch step) {
            channels(
                    step.in(),
                    step.norms().stream().mapToInt(BatchNorm::channels).sum());
            return gives(step.out(), step.in().shape(), step.in(), step.in().spare());
        }

        @Override
        public Optional<Tensor> normaliseLayer(Step.NormaliseLayer step) {
            channels(step.in(), step.weight().shape().elements());
            return givesDense(step.in(), step.out(), step.in().shape());
        }

        @Override
        public Optional<Tensor> activate(Step.Activate step) {
            if (step.inPlace()) {
                overwrites(step.in());
            }
            return gives(step.out(), step.in().shape(), step.in(), step.in().spare());
        }

        @Override
        public Optional<Tensor> poolWindows(Step.PoolWindows step) {
            return gives(
                    step.out(),
                    step.pool().output(step.in().shape()),
                    step.in(),
                    step.in().spare());
        }

        @Override
        public Optional<Tensor> poolToSize(Step.PoolToSize step) {
            return givesDense(
                    step.in(), step.out(), step.pool().output(step.in().shape()));
        }

        @Override
        public Optional<Tensor> flattenMaps(Step.FlattenMaps step) {
            int scalars = Math.toIntExact(step.in().shape().elements());
            return givesDense(step.in(), step.out(), new Shape(scalars, 1, 1));
        }

        @Override
        public Optional<Tensor> enlarge(Step.Enlarge step) {
            return givesDense(
                    step.in(), step.out(), step.upsample().output(step.in().shape()));
        }

        @Override
        public Optional<Tensor> scaleChannels(Step.ScaleChannels step) {
            channels(step.in(), step.factor().shape().elements());
            return givesDense(step.in(), step.out(), step.in().shape());
        }

        @Override
        public Optional<Tensor> cutOut(Step.CutOut step) {
            require(step.top() >= 0 && step.left() >= 0, "it is larger than what it is cut from");
            Shape out = step.out().shape();
            return givesDense(
                    step.in(), step.out(), out.withChannels(step.in().shape().channels()));
        }

        @Override
        public Optional<Tensor> convert(Step.Convert step) {
            Tensor in = step.in();
            Tensor out = step.out();
            require(in.shape().equals(out.shape()), "a conversion keeps the shape");
            require(in.type() != out.type() || in.layout() != out.layout(), "it converts nothing");
            return Optional.of(out);
        }

        @Override
        public Optional<Tensor> add(Step.Add step) {
            Tensor first = step.terms().get(0);
            step.consumed().forEach(this::overwrites);
            for (Tensor term : step.terms()) {
                gives(step.out(), term.shape(), term, first.spare());
            }
            require(step.terms().containsAll(step.consumed()), "it consumes what it does not read");
            return Optional.of(step.out());
        }

        @Override
        public Optional<Tensor> concatenate(Step.Concatenate step) {
            int channels = 0;
            for (Tensor part : step.parts()) {
                channels = Math.addExact(channels, part.shape().channels());
            }
            for (Tensor part : step.parts()) {
                givesDense(part, step.out(), part.shape().withChannels(channels));
            }
            return Optional.of(step.out());
        }

        @Override
        public Optional<Tensor> measure(Step.MeasureTap step) {
            dense(step.in());
            return Optional.empty();
        }
    }
}
