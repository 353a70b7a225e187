package dev.narrows.torch;

import dev.narrows.program.Parameter;
import dev.narrows.study.Optimizer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The TorchScript that moves every weight of a network by its gradient.
 *
 * <p>In a form that is fused, libtorch's own optimizer takes all weights in one operation. Else each weight has
 * statements of its own.
 */
final class OptimizerScript {
    private OptimizerScript() {}

    /** The name of a tensor that an optimizer keeps beside a weight. */
    static String name(String kind, Parameter weight) {
        return kind + "_" + weight.name();
    }

    /**
     * Methods that give lists of tensors of the module itself: {@code trained()} the weights that are trained, and one
     * method for each kind of tensor that the optimizer keeps, by its name.
     *
     * <p>A step takes the lists as arguments, because libtorch's compiler deletes changes to the elements of a list
     * that a method builds.
     */
    static String lists(Optimizer optimizer, List<Parameter> trainable) {
        StringBuilder methods = new StringBuilder(list(
                "trained",
                trainable.stream()
                        .map(weight -> "torch.detach(self.%s)".formatted(weight.name()))
                        .toList()));
        for (String kept : optimizer.state()) {
            methods.append(list(
                    kept,
                    trainable.stream()
                            .map(weight -> "self." + name(kept, weight))
                            .toList()));
        }
        return methods.toString();
    }

    private static String list(String method, List<String> tensors) {
        return """
                  def %s(self: __torch__.Net) -> List[Tensor]:
                    return annotate(List[Tensor], [%s])
                """.formatted(method, String.join(", ", tensors));
    }

    /** The parameters that a step takes for the lists, weights first. */
    static String parameters(Optimizer optimizer) {
        return "    weights: List[Tensor],\n"
                + optimizer.state().stream()
                        .map("    %s: List[Tensor],\n"::formatted)
                        .collect(Collectors.joining());
    }

    /**
     * The statements of a move by the variable {@code loss}. They leave {@code norm}, the square of the norm of the
     * first layer's gradient.
     *
     * @param clipNorm largest norm of all gradients together; 0 for any
     * @param half true in fp16: the loss is multiplied by the variable {@code scale} before its gradients are computed;
     *     where one of them overflows, no weight moves, {@code overflow} is 1 and the norm is 0; and {@code scale}
     *     follows {@code steady}, as {@code torch.amp.GradScaler} has it
     */
    static String move(Optimizer optimizer, List<Parameter> trainable, double clipNorm, boolean half, boolean fused) {
        int count = trainable.size();
        StringBuilder lines = new StringBuilder("    gradients = torch.grad([loss], [%s], %s, None, False, False)\n"
                .formatted(
                        trainable.stream()
                                .map(weight -> "self." + weight.name())
                                .collect(Collectors.joining(", ")),
                        half ? "annotate(List[Optional[Tensor]], [scale])" : "None"));
        for (int i = 0; i < count; i++) {
            lines.append("    g%d = %s\n".formatted(i, laidOut(i, trainable.get(i))));
        }
        if (half) {
            lines.append("    torch.zero_(overflow)\n");
            lines.append("    torch._amp_foreach_non_finite_check_and_unscale_(%s, overflow, torch.reciprocal(scale))\n"
                    .formatted(list("g", count)));
        }
        lines.append("    norm = torch.sum(torch.mul(g0, g0))\n");
        String gradient = "g";
        if (clipNorm > 0) {
            clip(lines, count, clipNorm);
            gradient = "c";
        }
        lines.append(
                fused
                        ? optimizer.accept(new Fused(list(gradient, count), count, half))
                        : eachAlone(optimizer, gradient, count, half));
        if (half) {
            lines.append("    norm = torch.where(torch.eq(overflow, 0), norm, torch.zeros_like(norm))\n");
            lines.append("    torch._amp_update_scale_(scale, steady, overflow, 2., 0.5, 2000)\n");
        }
        return lines.toString();
    }

    private static String eachAlone(Optimizer optimizer, String gradient, int count, boolean half) {
        StringBuilder lines = new StringBuilder("speed = float(rate)\n");
        lines.append(optimizer.accept(new Corrected()));
        for (int i = 0; i < count; i++) {
            lines.append(optimizer.accept(new Move(gradient + i, i)));
        }
        return half
                ? "    if bool(torch.eq(overflow, 0)):\n" + lines.toString().indent(6) + "    else:\n      pass\n"
                : lines.toString().indent(4);
    }

    /** A gradient in the order in which its weight lies: the fused optimizers and the sums of norms go by it. */
    private static String laidOut(int i, Parameter weight) {
        return "torch.contiguous(unchecked_cast(Tensor, gradients[%d])%s)"
                .formatted(i, weight.shape().isImage() ? ", memory_format=2" : "");
    }

    private static String list(String prefix, int count) {
        StringBuilder list = new StringBuilder("annotate(List[Tensor], [");
        for (int i = 0; i < count; i++) {
            list.append(i == 0 ? "" : ", ").append(prefix).append(i);
        }
        return list.append("])").toString();
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
            lines.append("    c%d = torch.mul(g%d, shrink)\n".formatted(i, i));
        }
    }

    /** The corrections of this move, counted from 1. */
    private record Corrected() implements Optimizer.Visitor<String> {
        @Override
        public String sgd(Optimizer.Sgd sgd) {
            return "";
        }

        @Override
        public String adamW(Optimizer.AdamW adamW) {
            return """
                    corrections = torch.index_select(clock[4], 0, torch.to(torch.view(moves, [1]), 4))
                    torch.add_(moves, 1)
                    correction1 = float(torch.select(corrections, 1, 0))
                    correction2 = float(torch.select(corrections, 1, 1))
                    """;
        }
    }

    /** The statements that move one weight by its gradient. */
    private record Move(String gradient, int i) implements Optimizer.Visitor<String> {
        @Override
        public String sgd(Optimizer.Sgd sgd) {
            StringBuilder lines = new StringBuilder();
            String g = gradient;
            if (sgd.weightDecay() != 0) {
                g = "d" + i;
                lines.append(
                        "%s = torch.add(%s, weights[%d], alpha=%s)\n".formatted(g, gradient, i, sgd.weightDecay()));
            }
            if (sgd.momentum() == 0) {
                return lines.append("w%d = torch.add_(weights[%d], %s, alpha=torch.neg(speed))\n".formatted(i, i, g))
                        .toString();
            }
            lines.append("v%d = torch.add_(torch.mul_(velocity[%d], %s), %s)\n".formatted(i, i, sgd.momentum(), g));
            if (sgd.nesterov()) {
                lines.append("n%d = torch.add(%s, v%d, alpha=%s)\n".formatted(i, g, i, sgd.momentum()));
                g = "n" + i;
            } else {
                g = "v" + i;
            }
            return lines.append("w%d = torch.add_(weights[%d], %s, alpha=torch.neg(speed))\n".formatted(i, i, g))
                    .toString();
        }

        @Override
        public String adamW(Optimizer.AdamW adamW) {
            return """
                    d%d = torch.mul_(weights[%d], torch.sub(1., torch.mul(speed, %s)))
                    m%d = torch.lerp_(first[%d], %s, %s)
                    s%d = torch.addcmul_(torch.mul_(second[%d], %s), %s, %s, value=%s)
                    q%d = torch.add_(torch.div_(torch.sqrt(s%d), correction2), %s)
                    w%d = torch.addcdiv_(weights[%d], m%d, q%d, value=torch.neg(torch.div(speed, correction1)))
                    """.formatted(
                            i,
                            i,
                            adamW.weightDecay(),
                            i,
                            i,
                            gradient,
                            1 - adamW.beta1(),
                            i,
                            i,
                            adamW.beta2(),
                            gradient,
                            gradient,
                            1 - adamW.beta2(),
                            i,
                            i,
                            adamW.epsilon(),
                            i,
                            i,
                            i,
                            i);
        }
    }

    /** The statement that moves all weights, with the list of their gradients, at the variable {@code rate}. */
    private record Fused(String gradients, int count, boolean half) implements Optimizer.Visitor<String> {
        @Override
        public String sgd(Optimizer.Sgd sgd) {
            return ("    torch._fused_sgd_(weights, %s, %s, weight_decay=%s, momentum=%s, lr=rate, dampening=0.,"
                            + " nesterov=%s, maximize=False, is_first_step=False%s)\n")
                    .formatted(
                            gradients,
                            sgd.momentum() == 0 ? "annotate(List[Tensor], [])" : "velocity",
                            sgd.weightDecay(),
                            sgd.momentum(),
                            sgd.nesterov() ? "True" : "False",
                            found());
        }

        @Override
        public String adamW(Optimizer.AdamW adamW) {
            String moves = String.join(", ", Collections.nCopies(count, "moves"));
            return "    torch.add_(moves, %s)\n"
                            .formatted(half ? "torch.sub(torch.ones_like(overflow), overflow)" : "1")
                    + ("    torch._fused_adamw_(weights, %s, first, second, annotate(List[Tensor], []),"
                                    + " annotate(List[Tensor], [%s]), lr=rate, beta1=%s, beta2=%s,"
                                    + " weight_decay=%s, eps=%s,"
                                    + " amsgrad=False, maximize=False%s)\n")
                            .formatted(
                                    gradients,
                                    moves,
                                    adamW.beta1(),
                                    adamW.beta2(),
                                    adamW.weightDecay(),
                                    adamW.epsilon(),
                                    found());
        }

        private String found() {
            return half ? ", grad_scale=None, found_inf=overflow" : "";
        }
    }
}
