package dev.narrows.torch;

import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Printer;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The statements of TorchScript that compute a program from the variable {@code x}, fp32 (N, C, H, W). */
final class TorchPrinter implements Printer<String> {
    /** The variable that the statements leave. */
    enum Result {
        /** {@code scores}, fp32. */
        SCORES,
        /** {@code measured}, a list with three tensors a tap. */
        MEASURED
    }

    private final Result result;

    TorchPrinter(Result result) {
        this.result = result;
    }

    @Override
    public String print(Program program) {
        Printing printing = new Printing(program.input(), program.form().onGpu());
        for (Step step : program.steps()) {
            String variable = step.accept(printing);
            step.output().ifPresent(out -> printing.variables.put(out, variable));
        }
        switch (result) {
            case SCORES -> printing.script.set("scores", printing.variable(program.output()));
            case MEASURED ->
                printing.script.set(
                        "measured", "annotate(List[Tensor], [%s])".formatted(String.join(", ", printing.measured)));
        }
        return printing.script.toString();
    }

    /** The statements of each step; each method gives the variable of the step's tensor. */
    private static final class Printing implements Step.Visitor<String> {
        private final Statements script = new Statements();
        private final NormScript norms = new NormScript(script);
        private final ConvolutionScript convolutions = new ConvolutionScript(script);
        private final Map<Tensor, String> variables = new HashMap<>();
        private final List<String> measured = new ArrayList<>();

        private final boolean onGpu;

        private Printing(Tensor images, boolean onGpu) {
            this.onGpu = onGpu;
            variables.put(images, "x");
        }

        private String variable(Tensor tensor) {
            String variable = variables.get(tensor);
            if (variable == null) {
                throw new IllegalArgumentException("Cannot print %s: no step wrote it".formatted(tensor));
            }
            return variable;
        }

        @Override
        public String convolve(Step.Convolve step) {
            return convolutions.of(variable(step.in()), step);
        }

        @Override
        public String convolveTransposed(Step.ConvolveTransposed step) {
            if (step.norm().isPresent()) {
                throw new IllegalArgumentException(
                        "Cannot print a norm folded into a %s: only frozen weights have it".formatted(step.conv()));
            }
            ElementType type = step.in().type();
            String weight = convolutions.typed("self." + step.weight().name(), type);
            return script.assign(
                    "torch.conv_transpose2d(%s, %s, %s, [%d, %d], [0, 0], [0, 0], 1, [1, 1])",
                    variable(step.in()),
                    weight,
                    convolutions.bias(step.bias(), type),
                    step.conv().stride(),
                    step.conv().stride());
        }

        @Override
        public String project(Step.Project step) {
            ElementType type = step.in().type();
            String weight = convolutions.typed("self." + step.weight().name(), type);
            return script.assign(
                    "torch.linear(torch.flatten(%s, 1, -1), %s, %s)",
                    variable(step.in()), weight, convolutions.bias(step.bias(), type));
        }

        @Override
        public String normaliseBatch(Step.NormaliseBatch step) {
            return norms.of(variable(step.in()), step);
        }

        @Override
        public String normaliseLayer(Step.NormaliseLayer step) {
            return script.assign(
                    "torch.permute(torch.layer_norm(torch.permute(%s, [0, 2, 3, 1]), [%d], self.%s,"
                            + " self.%s, %s), [0, 3, 1, 2])",
                    variable(step.in()),
                    step.in().shape().channels(),
                    step.weight().name(),
                    step.bias().name(),
                    step.epsilon());
        }

        @Override
        public String activate(Step.Activate step) {
            String x = variable(step.in());
            String suffix = step.inPlace() ? "_" : "";
            return script.assign(
                    "%s",
                    switch (step.kind()) {
                        case RELU -> "torch.relu%s(%s)".formatted(suffix, x);
                        case RELU6 -> "torch.hardtanh%s(%s, 0., 6.)".formatted(suffix, x);
                        case GELU -> "torch.gelu(%s)".formatted(x);
                    });
        }

        @Override
        public String poolWindows(Step.PoolWindows step) {
            Pool pool = step.pool();
            String window = "%s, [%d, %d], [%d, %d], [%d, %d]"
                    .formatted(
                            variable(step.in()),
                            pool.kernel(),
                            pool.kernel(),
                            pool.stride(),
                            pool.stride(),
                            pool.padding(),
                            pool.padding());
            return script.assign(
                    "%s",
                    switch (pool.kind()) {
                        case MAX -> "torch.max_pool2d(%s, [1, 1], False)".formatted(window);
                        case AVERAGE -> "torch.avg_pool2d(%s, False, True, None)".formatted(window);
                    });
        }

        @Override
        public String poolToSize(Step.PoolToSize step) {
            Shape in = step.in().shape();
            int size = step.pool().size();
            int height = in.height() / size;
            int width = in.width() / size;
            // A window of the known size keeps the gradient's layout; the adaptive operation does not, and is slower.
            boolean whole = in.height() % size == 0 && in.width() % size == 0;
            if (!whole && onGpu) {
                return new OrderedScript(script).pooled(variable(step.in()), in, size);
            }
            return whole
                    ? script.assign(
                            "torch.avg_pool2d(%s, [%d, %d], [%d, %d], [0, 0], False, True, None)",
                            variable(step.in()), height, width, height, width)
                    : script.assign("torch.adaptive_avg_pool2d(%s, [%d, %d])", variable(step.in()), size, size);
        }

        @Override
        public String flattenMaps(Step.FlattenMaps step) {
            return script.assign("torch.flatten(%s, 1, -1)", variable(step.in()));
        }

        @Override
        public String enlarge(Step.Enlarge step) {
            Shape out = step.out().shape();
            return switch (step.upsample().kind()) {
                case NEAREST ->
                    script.assign(
                            "torch.upsample_nearest2d(%s, [%d, %d], None)",
                            variable(step.in()), out.height(), out.width());
                case BILINEAR ->
                    onGpu
                            ? new OrderedScript(script)
                                    .enlarged(
                                            variable(step.in()),
                                            step.in().shape(),
                                            step.upsample().factor())
                            : script.assign(
                                    "torch.upsample_bilinear2d(%s, [%d, %d], False, None)",
                                    variable(step.in()), out.height(), out.width());
            };
        }

        @Override
        public String scaleChannels(Step.ScaleChannels step) {
            String factor =
                    convolutions.typed("self." + step.factor().name(), step.in().type());
            return script.assign(
                    "torch.mul(%s, torch.view(%s, [1, %d, 1, 1]))",
                    variable(step.in()), factor, step.in().shape().channels());
        }

        @Override
        public String cutOut(Step.CutOut step) {
            Shape out = step.out().shape();
            return script.assign(
                    "torch.slice(torch.slice(%s, 2, %d, %d, 1), 3, %d, %d, 1)",
                    variable(step.in()), step.top(), step.top() + out.height(), step.left(), step.left() + out.width());
        }

        @Override
        public String convert(Step.Convert step) {
            Tensor in = step.in();
            Tensor out = step.out();
            int type = TypeCode.of(out.type());
            if (in.layout() == out.layout()) {
                return script.assign("torch.to(%s, %d)", variable(in), type);
            }
            if (out.blocked()) {
                return script.assign("torch.to_mkldnn(%s, %d)", variable(in), type);
            }
            String all = script.assign("torch.to_dense(%s, %d)", variable(in), type);
            return in.spare() == 0
                    ? all
                    : script.assign(
                            "torch.slice(%s, 1, 0, %d, 1)", all, out.shape().channels());
        }

        @Override
        public String add(Step.Add step) {
            Iterator<Tensor> terms = step.terms().iterator();
            Tensor first = terms.next();
            String sum = variable(first);
            boolean owned = step.consumed().contains(first);
            while (terms.hasNext()) {
                Tensor next = terms.next();
                String term = variable(next);
                sum = script.assign(
                        "%s",
                        step.consumed().contains(next)
                                ? "torch.add_(%s, %s)".formatted(term, sum)
                                : "torch.add%s(%s, %s)".formatted(owned ? "_" : "", sum, term));
                owned = true;
            }
            return sum;
        }

        @Override
        public String concatenate(Step.Concatenate step) {
            return script.assign(
                    "torch.cat([%s], 1)",
                    step.parts().stream().map(this::variable).collect(Collectors.joining(", ")));
        }

        @Override
        public String measure(Step.MeasureTap step) {
            String x = variable(step.in());
            measured.addAll(TapScript.measure(x, step.in().shape(), step.rectified(), script));
            return x;
        }
    }
}
