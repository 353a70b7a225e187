package dev.narrows.torch;

import dev.narrows.cost.BlockedLayout;
import dev.narrows.net.Conv;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import dev.narrows.torch.Script.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The statements of training on images in {@link BlockedLayout}, as opaque tensors of oneDNN.
 *
 * <p>Weights stay fp32 and where they are; the library copies them into its own order and precision at each call, and
 * gives their gradients in fp32. It cannot concatenate, so a concatenation stays in parts: what treats each channel by
 * itself treats each part, and a convolution adds up what it makes of each.
 */
final class BlockedScript {
    private final TapScript.Assign script;

    BlockedScript(TapScript.Assign script) {
        this.script = script;
    }

    /**
     * A tensor with some of a value's channels.
     *
     * @param spare how many channels of zeros lie behind them
     * @param owned whether it may be overwritten
     */
    record Part(String name, int channels, int spare, boolean owned) {
        private Part(String name, int channels, boolean owned) {
            this(name, channels, BlockedLayout.spare(channels), owned);
        }

        Part shared() {
            return new Part(name, channels, spare, false);
        }

        private Part become(String other, boolean mayBeOverwritten) {
            return new Part(other, channels, spare, mayBeOverwritten);
        }
    }

    /** The network's images in the library's hands. */
    Value entered(Value images, ElementType precision) {
        String opaque = script.assign("torch.to_mkldnn(%s, %d)", images.name(), precision.code());
        Part part = new Part(opaque, images.shape().channels(), 0, false);
        return new Value(opaque, images.shape(), false, precision != ElementType.FP32)
                .inBlocks(images.shape(), List.of(part));
    }

    /** An fp32 tensor (N, C, H, W) without spare channels that any operation takes. */
    Value left(Value value) {
        List<String> dense = new ArrayList<>();
        for (Part part : value.parts()) {
            String all = script.assign("torch.to_dense(%s, %d)", part.name(), ElementType.FP32.code());
            dense.add(part.spare() == 0 ? all : script.assign("torch.slice(%s, 1, 0, %d, 1)", all, part.channels()));
        }
        String name = dense.size() == 1 ? dense.get(0) : script.assign("torch.cat([%s], 1)", String.join(", ", dense));
        return new Value(name, value.shape(), false, false);
    }

    /** What an operation gives that treats each channel by itself: an activation, a pooling. */
    Value each(Value x, Shape shape, boolean owned, Function<Part, String> operation) {
        return x.inBlocks(
                shape,
                x.parts().stream()
                        .map(part -> part.become(script.assign("%s", operation.apply(part)), owned))
                        .toList());
    }

    Value added(Value a, Value b) {
        Part left = a.parts().get(0);
        Part right = b.parts().get(0);
        String sum = script.assign("%s", Script.sum(left.name(), left.owned(), right.name(), right.owned()));
        return a.inBlocks(a.shape(), List.of(left.become(sum, true)));
    }

    static Value joined(List<Value> branches, Shape shape) {
        return branches.get(0)
                .inBlocks(
                        shape,
                        branches.stream()
                                .flatMap(branch -> branch.parts().stream())
                                .toList());
    }

    /** A convolution of a value in blocks. */
    Value conv(Conv conv, Slot weight, Value x) {
        int spare = BlockedLayout.spare(conv.out());
        String sum = "";
        int start = 0;
        for (Part part : x.parts()) {
            String own = "self." + weight.name();
            String its = x.parts().size() == 1
                    ? own
                    : script.assign("torch.slice(%s, 1, %d, %d, 1)", own, start, start + part.channels());
            start += part.channels();
            String out = conv.depthwise()
                    ? depthwise(conv, its, spare, part.name())
                    : grouped(conv, its, part.spare(), spare, part.name());
            sum = sum.isEmpty() ? out : script.assign("torch.add_(%s, %s)", sum, out);
        }
        return x.inBlocks(conv.output(x.shape()), List.of(new Part(sum, conv.out(), true)));
    }

    private String grouped(Conv conv, String weight, int spareInputs, int spare, String x) {
        int together = BlockedLayout.together(conv).orElseThrow();
        String joined = together == 1
                ? weight
                : joined(weight, conv.groups() / together, together, conv.out() / conv.groups(), conv);
        String wide =
                spareInputs + spare == 0 ? joined : script.assign("%s", Script.padded(joined, spareInputs, spare));
        return convolution(conv, x, wide, conv.groups() / together);
    }

    private String depthwise(Conv conv, String weight, int spare, String x) {
        int together = BlockedLayout.together(conv).orElseThrow();
        int groups = (conv.groups() + spare) / together;
        String wide = spare == 0 ? weight : script.assign("%s", Script.padded(weight, 0, spare));
        return convolution(conv, x, together == 1 ? wide : joined(wide, groups, together, 1, conv), groups);
    }

    /** The weight of a convolution in fewer groups that computes the same: zero between the groups that it joins. */
    private String joined(String weight, int groups, int together, int outs, Conv conv) {
        int ins = conv.in() / conv.groups();
        int kernel = conv.kernel();
        String apart = script.assign(
                "torch.view(%s, [%d, %d, %d, 1, %d, %d, %d])", weight, groups, together, outs, ins, kernel, kernel);
        String same = script.assign("torch.view(torch.eye(%d), [1, %d, 1, %d, 1, 1, 1])", together, together, together);
        return script.assign(
                "torch.reshape(torch.mul(%s, %s), [%d, %d, %d, %d])",
                apart, same, groups * together * outs, together * ins, kernel, kernel);
    }

    private String convolution(Conv conv, String x, String weight, int groups) {
        int stride = conv.stride();
        String in = x;
        if (BlockedLayout.picksPositions(conv)) {
            // A convolution with a stride gives the gradient of its input in another layout; a pooling of single
            // positions does not.
            in = script.assign("torch.avg_pool2d(%s, [1, 1], [%d, %d], [0, 0], False, True, None)", x, stride, stride);
            stride = 1;
        }
        return script.assign(
                "torch.conv2d(%s, %s, None, [%d, %d], [%d, %d], [1, 1], %d)",
                in, weight, stride, stride, conv.padding(), conv.padding(), groups);
    }

    /** A batch norm in training. */
    Value norm(Norm norm, NormScript.Tensors tensors, Value x) {
        List<Part> normed = new ArrayList<>();
        int start = 0;
        for (Part part : x.parts()) {
            int end = start + part.channels();
            String all = script.assign(
                    "torch.native_batch_norm(%s, %s, %s, None, None, True, %s, %s)",
                    part.name(),
                    padded(tensors.weight(), start, end, part.spare()),
                    padded(tensors.bias(), start, end, part.spare()),
                    NormScript.MOMENTUM,
                    norm.epsilon());
            move(tensors.mean(), start, end, script.assign("torch.to_dense((%s)[1])", all));
            // The batch's own variance is given, and what is remembered estimates that of all images (Bessel's
            // correction).
            String count = script.assign(
                    "torch.mul(torch.size(%s, 0), %d)", part.name(), x.shape().positions());
            String variance = script.assign(
                    "torch.mul(torch.to_dense((%s)[2]), torch.div(%s, ops.prim.max(torch.sub(%s, 1), 1)))",
                    all, count, count);
            move(tensors.variance(), start, end, variance);
            normed.add(part.become(script.assign("(%s)[0]", all), true));
            start = end;
        }
        return x.inBlocks(x.shape(), normed);
    }

    /** Moves running statistics a tenth of the way to those of the batch, as libtorch's own norm does. */
    private void move(Slot running, int start, int end, String batch) {
        script.assign(
                "torch.lerp_(torch.slice(self.%s, 0, %d, %d, 1), torch.slice(%s, 0, 0, %d, 1), %s)",
                running.name(), start, end, batch, end - start, NormScript.MOMENTUM);
    }

    private String padded(Slot slot, int start, int end, int spare) {
        boolean whole = end - start == slot.shape().elements();
        String own = whole
                ? "self." + slot.name()
                : script.assign("torch.slice(self.%s, 0, %d, %d, 1)", slot.name(), start, end);
        return spare == 0 ? own : script.assign("torch.constant_pad_nd(%s, [0, %d], 0)", own, spare);
    }
}
