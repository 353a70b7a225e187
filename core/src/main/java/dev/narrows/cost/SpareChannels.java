package dev.narrows.cost;

import dev.narrows.net.Activation;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.Tap;
import java.util.List;

/**
 * Channels of zeros that training in fp32 computes behind those of a layer; they cost its memory, too.
 *
 * <p>libtorch's batch norm takes eight fp32 channels of a position at a time, and the one to seven that are left over cost
 * up to eight times as much as if they were eight: a norm of 12 channels runs six times as long as one of 16. So where a
 * convolution, a batch norm and an activation stand before another convolution, the first gives zeros up to a multiple of
 * eight, which the norm and the activation keep at zero, and the second ignores.
 */
public final class SpareChannels {
    private static final int LANES = 8;

    private SpareChannels() {}

    /**
     * How many channels of zeros the convolution at an index of a chain gives behind its own.
     *
     * @return from 0 to 7; 0 where no batch norm follows or what follows that would have to know of them
     */
    public static int behind(List<Layer> steps, int index) {
        return steps.get(index) instanceof Conv conv && conv.groups() == 1 && stayBetween(conv, steps, index)
                ? Math.floorMod(-conv.out(), LANES)
                : 0;
    }

    /** Whether spare channels of a convolution would stay between it and another: behind it comes a batch norm. */
    private static boolean stayBetween(Conv from, List<Layer> steps, int index) {
        if (from.bias()
                || index + 1 >= steps.size()
                || !(steps.get(index + 1) instanceof Norm norm && norm.kind() == Norm.Kind.BATCH)) {
            return false;
        }
        int next = index + 2;
        while (next < steps.size() && (steps.get(next) instanceof Activation || steps.get(next) instanceof Tap)) {
            next++;
        }
        return next < steps.size()
                && steps.get(next) instanceof Conv conv
                && (conv.groups() == 1 || (conv.depthwise() && stayBetween(conv, steps, next)));
    }
}
