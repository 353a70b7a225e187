package dev.narrows.torch;

import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations whose gradients libtorch adds up on a GPU in any order, written in others that have an order: the same
 * bits each time.
 */
final class OrderedScript {
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private final Statements script;

    OrderedScript(Statements script) {
        this.script = script;
    }

    /**
     * Means of windows that together cover a map, so many each way, as {@code adaptive_avg_pool2d} has them: from
     * ⌊i·n/size⌋ to ⌈(i+1)·n/size⌉.
     */
    String pooled(String x, Shape in, int size) {
        return pooled(pooled(x, ROWS, in.height(), size), COLUMNS, in.width(), size);
    }

    private String pooled(String x, int dimension, int length, int size) {
        List<String> means = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int from = i * length / size;
            int to = ((i + 1) * length + size - 1) / size;
            means.add(script.assign(
                    "torch.mean(torch.slice(%s, %d, %d, %d, 1), [%d], True)", x, dimension, from, to, dimension));
        }
        return script.assign("torch.cat([%s], %d)", String.join(", ", means), dimension);
    }

    /**
     * A map so many times as high and wide, interpolated between the nearest two rows and columns without aligned
     * corners, as {@code upsample_bilinear2d} has it.
     */
    String enlarged(String x, Shape in, int factor) {
        String high = enlarged(x, ROWS, in.height(), factor);
        String wide = enlarged(high, COLUMNS, in.width(), factor);
        return script.assign("torch.contiguous(%s, memory_format=2)", wide);
    }

    private String enlarged(String x, int dimension, int length, int factor) {
        String before = script.assign(
                "torch.cat([torch.slice(%s, %d, 0, 1, 1), torch.slice(%s, %d, 0, %d, 1)], %d)",
                x, dimension, x, dimension, length - 1, dimension);
        String behind = script.assign(
                "torch.cat([torch.slice(%s, %d, 1, %d, 1), torch.slice(%s, %d, %d, %d, 1)], %d)",
                x, dimension, length, x, dimension, length - 1, length, dimension);
        List<String> places = new ArrayList<>();
        for (int place = 0; place < factor; place++) {
            double offset = (place + 0.5) / factor - 0.5;
            double share = Math.abs(offset);
            places.add(script.assign(
                    "torch.add(torch.mul(%s, %s), torch.mul(%s, %s))",
                    x, 1 - share, offset < 0 ? before : behind, share));
        }
        return script.assign(
                "torch.flatten(torch.stack([%s], %d), %d, %d)",
                String.join(", ", places), dimension + 1, dimension, dimension + 1);
    }
}
