package dev.narrows.torch;

import dev.narrows.study.Loss;

/** The statements that hold the scores of a network against masks. */
final class MaskScript {
    /** Added above and below each class's fraction, so that a class that a batch has nothing of has a loss near 0. */
    private static final String SMOOTH = "1.";

    private MaskScript() {}

    static String loss(Target.Mask mask) {
        StringBuilder lines = new StringBuilder("truth = torch.to(labels, 4)\n");
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

    private static String crossEntropy(Target.Mask mask) {
        return "torch.cross_entropy_loss(scores, truth, None, 1, -100, %s)".formatted(mask.smoothing());
    }

    /** {@link Loss#DICE} has the formula. */
    private static String dice(Target.Mask mask) {
        return """
                shares = torch.softmax(scores, 1, None)
                right = torch.to(torch.permute(torch.one_hot(truth, %d), [0, 3, 1, 2]), 6)
                both = torch.sum(torch.mul(shares, right), [0, 2, 3])
                all = torch.add(torch.sum(shares, [0, 2, 3]), torch.sum(right, [0, 2, 3]))
                fractions = torch.div(torch.add(torch.mul(both, 2.), %s), torch.add(all, %s))
                dice = torch.add(torch.neg(torch.mean(fractions)), 1.)
                """.formatted(mask.classes(), SMOOTH, SMOOTH);
    }

    /** Cross-entropy of each image, and how often each true class (row) was taken for each (column). */
    static String judge(Target.Mask mask) {
        int classes = mask.classes();
        return """
                truth = torch.to(labels, 4)
                losses = torch.mean(torch.cross_entropy_loss(scores, truth, None, 0, -100, 0.), [1, 2])
                pairs = torch.add(torch.mul(truth, %d), torch.argmax(scores, 1))
                counts = torch.bincount(torch.flatten(pairs, 0, -1), None, %d)
                """.formatted(classes, classes * classes);
    }
}
