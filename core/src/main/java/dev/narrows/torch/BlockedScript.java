package dev.narrows.torch;

import dev.narrows.cost.BlockedLayout;
import dev.narrows.net.Conv;
import dev.narrows.net.Norm;
import dev.narrows.torch.Script.Value;

/**
 * The statements of training on images in {@link BlockedLayout}, as opaque tensors of oneDNN.
 *
 * <p>Weights stay fp32 and where they are; the library copies them into its own order and precision at each call, and
 * gives their gradients in fp32.
 */
final class BlockedScript {
    private final TapScript.Assign script;

    BlockedScript(TapScript.Assign script) {
        this.script = script;
    }

    /** The network's images in the library's hands. */
    Value entered(Value images, ElementType precision) {
        String opaque = script.assign("torch.to_mkldnn(%s, %d)", images.name(), precision.code());
        return new Value(opaque, images.shape(), false, precision != ElementType.FP32).inBlocks(0);
    }

    /** An fp32 tensor (N, C, H, W) without spare channels that any operation takes. */
    Value left(Value value) {
        String dense = script.assign("torch.to_dense(%s, %d)", value.name(), ElementType.FP32.code());
        String own = value.spare() == 0
                ? dense
                : script.assign(
                        "torch.slice(%s, 1, 0, %d, 1)", dense, value.shape().channels());
        return new Value(own, value.shape(), false, false);
    }

    /** A convolution of a value in blocks. */
    Value conv(Conv conv, Slot weight, Value x) {
        int spare = BlockedLayout.spare(conv.out());
        String in = x.name();
        int stride = conv.stride();
        if (conv.kernel() == 1 && conv.padding() == 0 && stride > 1) {
            // The gradient of every other position comes back in another layout from a convolution with a stride, and
            // in this one from a pooling of one position.
            in = script.assign("torch.avg_pool2d(%s, [1, 1], [%d, %d], [0, 0], False, True, None)", in, stride, stride);
            stride = 1;
        }
        int together = BlockedLayout.together(conv).orElseThrow();
        int groups = (conv.depthwise() ? conv.groups() + spare : conv.groups()) / together;
        String out = script.assign(
                "torch.conv2d(%s, %s, None, [%d, %d], [%d, %d], [1, 1], %d)",
                in,
                conv.depthwise() ? depthwise(conv, weight, spare, together) : grouped(conv, weight, x, spare, together),
                stride,
                stride,
                conv.padding(),
                conv.padding(),
                groups);
        return new Value(out, conv.output(x.shape()), true, x.reduced()).inBlocks(spare);
    }

    private String grouped(Conv conv, Slot weight, Value x, int spare, int together) {
        String own = "self." + weight.name();
        String joined =
                together == 1 ? own : joined(own, conv.groups() / together, together, conv.out() / conv.groups(), conv);
        return x.spare() + spare == 0
                ? joined
                : script.assign("torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d, 0, %d], 0)", joined, x.spare(), spare);
    }

    private String depthwise(Conv conv, Slot weight, int spare, int together) {
        String own = "self." + weight.name();
        String padded =
                spare == 0 ? own : script.assign("torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, 0, 0, %d], 0)", own, spare);
        return together == 1 ? padded : joined(padded, (conv.groups() + spare) / together, together, 1, conv);
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

    /** A batch norm in training. */
    Value norm(Norm norm, NormScript.Tensors tensors, Value x) {
        String all = script.assign(
                "torch.native_batch_norm(%s, %s, %s, None, None, True, %s, %s)",
                x.name(),
                padded(tensors.weight(), x.spare()),
                padded(tensors.bias(), x.spare()),
                NormScript.MOMENTUM,
                norm.epsilon());
        move(tensors.mean(), script.assign("torch.to_dense((%s)[1])", all));
        // The batch's own variance is given, and what is remembered estimates that of all images (Bessel's correction).
        String count = script.assign(
                "torch.mul(torch.size(%s, 0), %d)", x.name(), x.shape().positions());
        move(
                tensors.variance(),
                script.assign(
                        "torch.mul(torch.to_dense((%s)[2]), torch.div(%s, ops.prim.max(torch.sub(%s, 1), 1)))",
                        all, count, count));
        String out = script.assign("(%s)[0]", all);
        return new Value(out, x.shape(), true, x.reduced()).inBlocks(x.spare());
    }

    /** Moves running statistics a tenth of the way to those of the batch, as libtorch's own norm does. */
    private void move(Slot running, String batch) {
        script.assign(
                "torch.lerp_(self.%s, torch.slice(%s, 0, 0, %d, 1), %s)",
                running.name(), batch, running.shape().elements(), NormScript.MOMENTUM);
    }

    private String padded(Slot slot, int spare) {
        String own = "self." + slot.name();
        return spare == 0 ? own : script.assign("torch.constant_pad_nd(%s, [0, %d], 0)", own, spare);
    }
}
