package dev.narrows.torch;

import dev.narrows.net.Conv;
import dev.narrows.program.BatchNorm;
import dev.narrows.program.ElementType;
import dev.narrows.program.Filter;
import dev.narrows.program.Parameter;
import dev.narrows.program.Step;
import java.util.Optional;

/** The statements of a convolution: its weight as the step wants it, and the operation. */
final class ConvolutionScript {
    private final Statements script;

    ConvolutionScript(Statements script) {
        this.script = script;
    }

    private record Operands(String weight, String bias) {}

    /** The variable of a convolution of the variable {@code x}. */
    String of(String x, Step.Convolve step) {
        Filter filter = step.filter();
        Operands operands = filter.norm().map(norm -> folded(step, norm)).orElseGet(() -> plain(step));
        Conv conv = filter.conv();
        return script.assign(
                "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d], [1, 1], %d)",
                x,
                operands.weight(),
                operands.bias(),
                conv.stride(),
                conv.stride(),
                conv.padding(),
                conv.padding(),
                filter.groups(step.out().spare()));
    }

    private Operands plain(Step.Convolve step) {
        Filter filter = step.filter();
        String own = "self." + filter.weight().name();
        String read =
                filter.whole() ? own : script.assign("torch.slice(%s, 1, %d, %d, 1)", own, filter.from(), filter.to());
        // oneDNN copies weights into its own order and precision.
        ElementType type = step.in().blocked() ? ElementType.FP32 : step.in().type();
        // Groups are joined by a product with fp32 zeros and ones, whose type it would take.
        String weight = filter.together() == 1 ? widened(typed(read, type), step) : typed(widened(read, step), type);
        return new Operands(weight, bias(filter.bias(), type));
    }

    /** The weight with the groups and the spare channels that the step wants. */
    private String widened(String weight, Step.Convolve step) {
        int spare = step.out().spare();
        Filter filter = step.filter();
        Conv conv = filter.conv();
        if (conv.depthwise()) {
            return joined(padded(weight, 0, spare), filter, filter.groups(spare), 1);
        }
        String wide = joined(weight, filter, filter.groups(spare), conv.out() / conv.groups());
        return padded(wide, step.in().spare(), spare);
    }

    /** The weight with zeros for so many more channels. */
    private String padded(String weight, int spareInputs, int spare) {
        return spareInputs + spare == 0
                ? weight
                : script.assign("torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d, 0, %d], 0)", weight, spareInputs, spare);
    }

    /** The weight in fewer groups that computes the same: zero between the groups that it joins. */
    private String joined(String weight, Filter filter, int groups, int outs) {
        int together = filter.together();
        if (together == 1) {
            return weight;
        }
        int ins = filter.conv().in() / filter.conv().groups();
        int kernel = filter.conv().kernel();
        String apart = script.assign(
                "torch.view(%s, [%d, %d, %d, 1, %d, %d, %d])", weight, groups, together, outs, ins, kernel, kernel);
        String same = script.assign("torch.view(torch.eye(%d), [1, %d, 1, %d, 1, 1, 1])", together, together, together);
        return script.assign(
                "torch.reshape(torch.mul(%s, %s), [%d, %d, %d, %d])",
                apart, same, groups * together * outs, together * ins, kernel, kernel);
    }

    /** Weight and bias with a batch norm in them, from the weights as they are; {@code FoldNorms} has the formula. */
    private Operands folded(Step.Convolve step, BatchNorm norm) {
        Filter filter = step.filter();
        String mean = "self." + norm.mean().name();
        String centre = filter.bias()
                .map(bias -> script.assign("torch.sub(%s, self.%s)", mean, bias.name()))
                .orElse(mean);
        String scale = script.assign(
                "torch.mul(self.%s, torch.rsqrt(torch.add(self.%s, %s)))",
                norm.weight().name(), norm.variance().name(), norm.epsilon());
        String weight = script.assign(
                "torch.mul(self.%s, torch.view(%s, [%d, 1, 1, 1]))",
                filter.weight().name(), scale, filter.conv().out());
        String bias = script.assign(
                "torch.sub(self.%s, torch.mul(%s, %s))", norm.bias().name(), scale, centre);
        ElementType type = step.in().type();
        return new Operands(typed(weight, type), typed(bias, type));
    }

    /** A tensor of fp32 in the type of what it meets. */
    String typed(String tensor, ElementType type) {
        return type.reduced() ? script.assign("torch.to(%s, %d)", tensor, TypeCode.of(type)) : tensor;
    }

    /** A bias in the type of what it meets. */
    String bias(Optional<Parameter> bias, ElementType type) {
        return bias.map(present -> typed("self." + present.name(), type)).orElse("None");
    }
}
