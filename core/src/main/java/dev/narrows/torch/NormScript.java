package dev.narrows.torch;

import dev.narrows.program.BatchNorm;
import dev.narrows.program.Parameter;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements of batch norms: of one layer, or of several whose channels lie behind one another. */
final class NormScript {
    /** The share of a batch in running statistics. */
    private static final double MOMENTUM = 0.1;

    private final Statements script;

    NormScript(Statements script) {
        this.script = script;
    }

    /** The variable of a batch norm of the variable {@code x}. */
    String of(String x, Step.NormaliseBatch step) {
        if (step.in().blocked()) {
            return blocked(x, step.in(), step.norms().get(0));
        }
        int spare = step.in().spare();
        return step.norms().size() == 1 && spare == 0
                ? alone(x, step.norms().get(0), step.byBatch())
                : together(x, step, spare);
    }

    private String alone(String x, BatchNorm norm, boolean byBatch) {
        return call(
                x,
                self(norm.weight()),
                self(norm.bias()),
                self(norm.mean()),
                self(norm.variance()),
                byBatch,
                norm.epsilon());
    }

    /** Several batch norms at once, the spare channels of zeros last, which stay zeros. */
    private String together(String x, Step.NormaliseBatch step, int spare) {
        List<BatchNorm> norms = step.norms();
        String mean = joined(norms, BatchNorm::mean, spare);
        String variance = joined(norms, BatchNorm::variance, spare);
        String weight = joined(norms, BatchNorm::weight, spare);
        String bias = joined(norms, BatchNorm::bias, spare);
        String out = call(x, weight, bias, mean, variance, step.byBatch(), step.epsilon());
        // The norm moved copies of the running statistics.
        int start = 0;
        for (BatchNorm norm : norms) {
            int end = start + norm.channels();
            script.assign("torch.copy_(%s, torch.slice(%s, 0, %d, %d, 1))", self(norm.mean()), mean, start, end);
            script.assign(
                    "torch.copy_(%s, torch.slice(%s, 0, %d, %d, 1))", self(norm.variance()), variance, start, end);
            start = end;
        }
        return out;
    }

    private String joined(List<BatchNorm> norms, Function<BatchNorm, Parameter> parameter, int spare) {
        String all = norms.stream().map(parameter).map(NormScript::self).collect(Collectors.joining(", "));
        String one = norms.size() == 1 ? all : script.assign("torch.cat([%s], 0)", all);
        return spare == 0 ? one : script.assign("torch.constant_pad_nd(%s, [0, %d], 0)", one, spare);
    }

    private String call(
            String x, String weight, String bias, String mean, String variance, boolean byBatch, double epsilon) {
        return script.assign(
                "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, True)",
                x, weight, bias, mean, variance, byBatch ? "True" : "False", MOMENTUM, epsilon);
    }

    /** In oneDNN's layout the library gives the batch's statistics, and the running ones are moved by statements. */
    private String blocked(String x, Tensor in, BatchNorm norm) {
        String all = script.assign(
                "torch.native_batch_norm(%s, %s, %s, None, None, True, %s, %s)",
                x,
                padded(norm.weight(), norm, in.spare()),
                padded(norm.bias(), norm, in.spare()),
                MOMENTUM,
                norm.epsilon());
        move(norm.mean(), norm, script.assign("torch.to_dense((%s)[1])", all));
        // The batch's own variance is given, and what is remembered estimates that of all images (Bessel's correction).
        String count =
                script.assign("torch.mul(torch.size(%s, 0), %d)", x, in.shape().positions());
        String variance = script.assign(
                "torch.mul(torch.to_dense((%s)[2]), torch.div(%s, ops.prim.max(torch.sub(%s, 1), 1)))",
                all, count, count);
        move(norm.variance(), norm, variance);
        return script.assign("(%s)[0]", all);
    }

    /** Moves running statistics a tenth of the way to those of the batch, as libtorch's own norm does. */
    private void move(Parameter running, BatchNorm norm, String batch) {
        script.assign(
                "torch.lerp_(torch.slice(self.%s, 0, %d, %d, 1), torch.slice(%s, 0, 0, %d, 1), %s)",
                running.name(), norm.from(), norm.to(), batch, norm.channels(), MOMENTUM);
    }

    private String padded(Parameter parameter, BatchNorm norm, int spare) {
        String own = norm.whole()
                ? self(parameter)
                : script.assign("torch.slice(self.%s, 0, %d, %d, 1)", parameter.name(), norm.from(), norm.to());
        return spare == 0 ? own : script.assign("torch.constant_pad_nd(%s, [0, %d], 0)", own, spare);
    }

    private static String self(Parameter parameter) {
        return "self." + parameter.name();
    }
}
