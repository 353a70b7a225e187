package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Tap;
import java.util.ArrayList;
import java.util.List;

/** One module of {@link Inception} by the channels of its branches; 0 for no branch or no reduction. */
record InceptionModule(int straight, int reduce3, int branch3, int reduce5, int branch5, int pool) {
    Layer layer(Style style, String name, int in, int wideKernel, boolean projected) {
        List<Layer> branches = new ArrayList<>(4);
        if (straight > 0) {
            Chain.Builder branch = Chain.builder();
            style.addActivated(branch, style.pointwise(in, straight));
            branches.add(branch.build());
        }
        if (branch3 > 0) {
            branches.add(reduced(style, name + " 3x3", in, reduce3, branch3, Inception.WINDOW));
        }
        if (branch5 > 0) {
            branches.add(reduced(style, name + " 5x5", in, reduce5, branch5, wideKernel));
        }
        if (pool > 0) {
            Chain.Builder branch =
                    Chain.builder().add(new Pool(Pool.Kind.MAX, Inception.WINDOW, 1, Inception.WINDOW / 2));
            if (projected) {
                style.addActivated(branch, style.pointwise(in, pool));
            }
            branches.add(branch.build());
        }
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("Cannot build %s: all of its branches have 0 channels".formatted(name));
        }
        return branches.size() == 1 ? branches.get(0) : new Fork(Fork.Merge.CONCAT, branches);
    }

    private static Chain reduced(Style style, String name, int in, int reduce, int out, int kernel) {
        Chain.Builder branch = Chain.builder();
        int channels = in;
        if (reduce > 0) {
            style.addActivated(branch, style.pointwise(in, reduce));
            branch.add(new Tap(name));
            channels = reduce;
        }
        style.addActivated(branch, style.conv(channels, out, kernel, 1, 1));
        return branch.build();
    }

    int width(int in, boolean projected) {
        long pooled = pool > 0 && !projected ? in : pool;
        return Rounding.exact(straight + branch3 + branch5 + pooled);
    }
}
