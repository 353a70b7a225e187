package dev.narrows.torch;

import dev.narrows.net.Shape;
import java.util.List;

/**
 * The statements that measure the value at a tap: how many of its scalars a ReLU silenced, the mean of each channel,
 * and how channels vary together.
 *
 * <p>In fp64, because the small ones of the singular values are sums that nearly cancel.
 */
final class TapScript {
    private TapScript() {}

    /**
     * Gives three variables: the count of silenced scalars, the mean of each channel (C), and the sum of products of
     * the centred channels (C, C), over images and positions.
     *
     * @param shape of {@code x}, for one image
     * @param rectified true where a ReLU wrote {@code x}
     */
    static List<String> measure(String x, Shape shape, boolean rectified, Statements script) {
        String silenced = script.assign("torch.mul(torch.sum(torch.le(%s, 0)), %d)", x, rectified ? 1 : 0);
        String rows = script.assign(
                "torch.reshape(torch.permute(torch.reshape(torch.to(%s, %d), [-1, %d, %d, %d]), [0, 2, 3,"
                        + " 1]), [-1, %d])",
                x, TypeCode.FP64, shape.channels(), shape.height(), shape.width(), shape.channels());
        String mean = script.assign("torch.mean(%s, [0])", rows);
        String centred = script.assign("torch.sub(%s, %s)", rows, mean);
        String products = script.assign("torch.matmul(torch.t(%s), %s)", centred, centred);
        return List.of(silenced, mean, products);
    }
}
