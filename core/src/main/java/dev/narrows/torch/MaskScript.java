package dev.narrows.torch;

import dev.narrows.study.Loss;

/**
 * The statements that hold the scores of a network against masks. Where some positions are of no class, every sum and
 * mean is one over the others.
 */
final class MaskScript {
    /** Added above and below each class's fraction, so that a class that a batch has nothing of has a loss near 0. */
    private static final String SMOOTH = "1.";

    /** Value of a mask at a position of no class. */
    private static final int NO_CLASS = 255;

    /** Counts of each class in an image. */
    private static final int COUNTS = 3;

    private MaskScript() {}

    /**
     * The loss, the hits, and how many positions are of a class.
     *
     * @param onGpu true where the loss of positions is that of a list of them: of maps, a GPU adds gradients in any
     *     order
     */
    static String loss(Target.Mask mask, boolean onGpu) {
        StringBuilder lines = new StringBuilder("truth = torch.to(labels, 4)\n");
        if (onGpu) {
            lines.append("""
                    listed = torch.flatten(torch.permute(scores, [0, 2, 3, 1]), 0, 2)
                    classes = torch.flatten(truth, 0, -1)
                    """);
        } else {
            lines.append("""
                    listed = scores
                    classes = truth
                    """);
        }
        if (mask.ignoring()) {
            lines.append("""
                    counted = torch.ne(truth, %d)
                    positions = torch.sum(counted)
                    """.formatted(NO_CLASS));
        }
        switch (mask.loss()) {
            case CROSS_ENTROPY ->
                lines.append("loss = ").append(crossEntropy(mask)).append('\n');
            case DICE -> lines.append(dice(mask)).append("loss = dice\n");
            case CROSS_ENTROPY_AND_DICE ->
                lines.append(dice(mask)).append("loss = torch.add(dice, %s)\n".formatted(crossEntropy(mask)));
        }
        return lines.append("hits = torch.sum(torch.eq(torch.argmax(scores, 1), truth))\n")
                .toString();
    }

    /** A batch without a position of any class has a loss of 0 where the mean of nothing would be NaN. */
    private static String crossEntropy(Target.Mask mask) {
        return mask.ignoring()
                ? "torch.div(torch.cross_entropy_loss(listed, classes, None, 2, %d, %s), torch.clamp(positions, 1))"
                        .formatted(NO_CLASS, mask.smoothing())
                : "torch.cross_entropy_loss(listed, classes, None, 1, -100, %s)".formatted(mask.smoothing());
    }

    /** {@link Loss#DICE} has the formula. */
    private static String dice(Target.Mask mask) {
        String shares = mask.ignoring() ? """
                known = torch.unsqueeze(torch.to(counted, 6), 1)
                shares = torch.mul(torch.softmax(scores, 1, None), known)
                right = torch.mul(torch.to(torch.permute(torch.one_hot(torch.mul(truth, counted), %d), [0, 3, 1, 2]), \
                6), known)
                """ : """
                shares = torch.softmax(scores, 1, None)
                right = torch.to(torch.permute(torch.one_hot(truth, %d), [0, 3, 1, 2]), 6)
                """;
        return shares.formatted(mask.classes()) + """
                both = torch.sum(torch.mul(shares, right), [0, 2, 3])
                all = torch.add(torch.sum(shares, [0, 2, 3]), torch.sum(right, [0, 2, 3]))
                fractions = torch.div(torch.add(torch.mul(both, 2.), %s), torch.add(all, %s))
                dice = torch.add(torch.neg(torch.mean(fractions)), 1.)
                """.formatted(SMOOTH, SMOOTH);
    }

    /**
     * Cross-entropy of each image, and a row of counts of each. A row has, class by class, the positions of the class
     * that were given to another, those that were given to it, and all that were given to it from any class; at its end
     * stand twice the positions of no class.
     */
    static String evaluation(Target.Mask mask) {
        int classes = mask.classes();
        int none = COUNTS * classes;
        String losses = mask.ignoring()
                ? "torch.sum(torch.cross_entropy_loss(scores, truth, None, 0, %d, 0.), [1, 2])".formatted(NO_CLASS)
                : "torch.mean(torch.cross_entropy_loss(scores, truth, None, 0, -100, 0.), [1, 2])";
        String uncounted = mask.ignoring() ? """
                unknown = torch.unsqueeze(torch.eq(truth, %d), 1)
                places = torch.masked_fill_(places, unknown, %d)
                """.formatted(NO_CLASS, none) : "";
        // Each image counts in bins of its own, so that one call counts a whole batch.
        return """
                truth = torch.to(labels, 4)
                losses = %s
                best = torch.argmax(scores, 1)
                own = torch.add(truth, torch.mul(torch.to(torch.eq(best, truth), 4), %d))
                places = torch.stack([own, torch.add(best, %d)], 1)
                """.formatted(losses, classes, 2 * classes) + uncounted + """
                rows = torch.size(scores, 0)
                end = torch.mul(rows, %1$d)
                first = torch.arange(0, end, %1$d, dtype=4, layout=None, device=ops.prim.device(scores), \
                pin_memory=None)
                bins = torch.add_(places, torch.reshape(first, [rows, 1, 1, 1]))
                counts = torch.reshape(torch.bincount(torch.flatten(bins, 0, -1), None, end), [rows, %1$d])
                """.formatted(none + 1);
    }
}
