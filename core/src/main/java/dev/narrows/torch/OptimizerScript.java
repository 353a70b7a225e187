package dev.narrows.torch;

import dev.narrows.program.Parameter;
import dev.narrows.study.Optimizer;
import java.util.List;

/**
 * The TorchScript of an optimizer's step over every weight of a network, as one method.
 *
 * <p>Each weight has statements of its own: written over lists, libtorch's compiler takes the changes for unused and
 * deletes them.
 */
final class OptimizerScript {
    private OptimizerScript() {}

    /** The prefixes of the tensors that an optimizer keeps beside each weight. */
    static List<String> state(Optimizer optimizer) {
        return optimizer.state().stream().map(name -> name + "_").toList();
    }

    /**
     * The method {@code step(rate, correction1, correction2)}, with {@link Optimizer#corrections}.
     */
    static String of(Optimizer optimizer, List<Parameter> trainable, double clipNorm) {
        StringBuilder lines = new StringBuilder("""
                  def step(self: __torch__.Net,
                    rate: float,
                    correction1: float,
                    correction2: float) -> Tensor:
                """);
        for (int i = 0; i < trainable.size(); i++) {
            lines.append("    g%d = unchecked_cast(Tensor, self.%s.grad)\n"
                    .formatted(i, trainable.get(i).name()));
        }
        lines.append("    norm = torch.sum(torch.mul(g0, g0))\n");
        if (clipNorm > 0) {
            clip(lines, trainable.size(), clipNorm);
        }
        for (int i = 0; i < trainable.size(); i++) {
            lines.append(optimizer.accept(new Move(trainable.get(i).name(), i)));
            lines.append("    e%d = torch.zero_(g%d)\n".formatted(i, i));
        }
        return lines.append("    return norm\n").toString();
    }

    /**
     * The methods that fp16 needs beside: {@code unscale(inverse)} multiplies every gradient and gives their sum, which
     * is finite where all are; {@code forget()} empties them.
     */
    static String scaling(List<Parameter> trainable) {
        StringBuilder unscale = new StringBuilder("""
                  def unscale(self: __torch__.Net,
                    inverse: float) -> Tensor:
                """);
        StringBuilder forget = new StringBuilder("  def forget(self: __torch__.Net) -> Tensor:\n");
        for (int i = 0; i < trainable.size(); i++) {
            String gradient = "    g%d = unchecked_cast(Tensor, self.%s.grad)\n"
                    .formatted(i, trainable.get(i).name());
            String sum = "torch.sum(u%d)".formatted(i);
            unscale.append(gradient)
                    .append("    u%d = torch.mul_(g%d, inverse)\n".formatted(i, i))
                    .append("    s%d = %s\n".formatted(i, i == 0 ? sum : "torch.add(s%d, %s)".formatted(i - 1, sum)));
            forget.append(gradient).append("    e%d = torch.zero_(g%d)\n".formatted(i, i));
        }
        unscale.append("    return s%d\n".formatted(trainable.size() - 1));
        forget.append("    return torch.sum(e0)\n");
        return unscale.append(forget).toString();
    }

    /** Shrinks all gradients by the same factor, as torch.nn.utils.clip_grad_norm_ does. */
    private static void clip(StringBuilder lines, int count, double clipNorm) {
        lines.append("    total0 = norm\n");
        for (int i = 1; i < count; i++) {
            lines.append(
                    "    total%d = torch.add(total%d, torch.sum(torch.mul(g%d, g%d)))\n".formatted(i, i - 1, i, i));
        }
        lines.append(("    shrink = torch.clamp(torch.div(%s, torch.add(torch.sqrt(total%d),"
                        + " 9.9999999999999995e-07)), None, 1.)\n")
                .formatted("torch.full_like(norm, " + clipNorm + ")", count - 1));
        for (int i = 0; i < count; i++) {
            lines.append("    c%d = torch.mul_(g%d, shrink)\n".formatted(i, i));
        }
    }

    /** The statements that move one weight by its gradient {@code g<i>}. */
    private record Move(String name, int i) implements Optimizer.Visitor<String> {
        @Override
        public String sgd(Optimizer.Sgd sgd) {
            StringBuilder lines = new StringBuilder();
            if (sgd.weightDecay() != 0) {
                lines.append("    d%d = torch.add_(g%d, self.%s, alpha=%s)\n".formatted(i, i, name, sgd.weightDecay()));
            }
            if (sgd.momentum() == 0) {
                return lines.append("    w%d = torch.add_(self.%s, g%d, alpha=torch.neg(rate))\n".formatted(i, name, i))
                        .toString();
            }
            lines.append("    m%d = torch.add_(torch.mul_(self.velocity_%s, %s), g%d)\n"
                    .formatted(i, name, sgd.momentum(), i));
            if (sgd.nesterov()) {
                lines.append("    n%d = torch.add_(g%d, self.velocity_%s, alpha=%s)\n"
                        .formatted(i, i, name, sgd.momentum()));
                lines.append("    w%d = torch.add_(self.%s, g%d, alpha=torch.neg(rate))\n".formatted(i, name, i));
            } else {
                lines.append("    w%d = torch.add_(self.%s, self.velocity_%s, alpha=torch.neg(rate))\n"
                        .formatted(i, name, name));
            }
            return lines.toString();
        }

        @Override
        public String adamW(Optimizer.AdamW adamW) {
            return "    d%d = torch.mul_(self.%s, torch.sub(1., torch.mul(rate, %s)))\n"
                            .formatted(i, name, adamW.weightDecay())
                    + "    m%d = torch.lerp_(self.first_%s, g%d, %s)\n".formatted(i, name, i, 1 - adamW.beta1())
                    + "    s%d = torch.addcmul_(torch.mul_(self.second_%s, %s), g%d, g%d, value=%s)\n"
                            .formatted(i, name, adamW.beta2(), i, i, 1 - adamW.beta2())
                    + "    q%d = torch.add_(torch.div_(torch.sqrt(self.second_%s), correction2), %s)\n"
                            .formatted(i, name, adamW.epsilon())
                    + ("    w%d = torch.addcdiv_(self.%s, self.first_%s, q%d, value=torch.neg(torch.div(rate,"
                                    + " correction1)))\n")
                            .formatted(i, name, name, i);
        }
    }
}
