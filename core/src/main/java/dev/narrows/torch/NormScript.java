package dev.narrows.torch;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements of batch norms in training, of one layer or of several whose channels lie behind one another. */
final class NormScript {
    /** The share of a batch in running statistics. */
    static final double MOMENTUM = 0.1;

    private final TapScript.Assign script;
    private final double epsilon;

    NormScript(double epsilon, TapScript.Assign script) {
        this.epsilon = epsilon;
        this.script = script;
    }

    /** The tensors of one batch norm. */
    record Tensors(Slot weight, Slot bias, Slot mean, Slot variance) {
        private int channels() {
            return weight.shape().elements();
        }
    }

    /** The variable of a batch norm in training that has its channels for itself. */
    String of(String x, Tensors norm) {
        return call(x, self(norm.weight()), self(norm.bias()), self(norm.mean()), self(norm.variance()), true);
    }

    /** The same by the running statistics. */
    String byRunningStatistics(String x, Tensors norm) {
        return call(x, self(norm.weight()), self(norm.bias()), self(norm.mean()), self(norm.variance()), false);
    }

    /**
     * The variable of several batch norms in training at once.
     *
     * @param x the variable of their channels, one norm's behind another's and the spare ones last
     * @param spare how many channels of zeros stay zeros
     */
    String of(String x, List<Tensors> norms, int spare) {
        String mean = joined(norms, Tensors::mean, spare);
        String variance = joined(norms, Tensors::variance, spare);
        String out = call(
                x, joined(norms, Tensors::weight, spare), joined(norms, Tensors::bias, spare), mean, variance, true);
        // The norm moved copies of the running statistics.
        int start = 0;
        for (Tensors norm : norms) {
            int end = start + norm.channels();
            script.assign("torch.copy_(%s, torch.slice(%s, 0, %d, %d, 1))", self(norm.mean()), mean, start, end);
            script.assign(
                    "torch.copy_(%s, torch.slice(%s, 0, %d, %d, 1))", self(norm.variance()), variance, start, end);
            start = end;
        }
        return out;
    }

    private String joined(List<Tensors> norms, Function<Tensors, Slot> tensor, int spare) {
        String all = norms.stream().map(tensor).map(NormScript::self).collect(Collectors.joining(", "));
        String one = norms.size() == 1 ? all : script.assign("torch.cat([%s], 0)", all);
        return spare == 0 ? one : script.assign("torch.constant_pad_nd(%s, [0, %d], 0)", one, spare);
    }

    private String call(String x, String weight, String bias, String mean, String variance, boolean training) {
        return script.assign(
                "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, True)",
                x, weight, bias, mean, variance, training ? "True" : "False", MOMENTUM, epsilon);
    }

    private static String self(Slot slot) {
        return "self." + slot.name();
    }
}
