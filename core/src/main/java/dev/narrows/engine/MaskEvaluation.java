package dev.narrows.engine;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Overlap;
import java.util.Arrays;
import java.util.List;

/** Evaluation of a network on images with masks. */
final class MaskEvaluation {
    private MaskEvaluation() {}

    /** Evaluates a module by every position of every image of a feed. */
    static Evaluation of(Module module, ImageFeed feed, int classes, boolean ignoring) {
        double loss = 0;
        long[] counts;
        try (PtNDManager results = (PtNDManager) module.manager().newSubManager()) {
            List<NDList> answers = Evaluation.answers(module, feed, results);
            for (float one : module.transfers().floats(Evaluation.joined(answers, 0))) {
                loss += one;
            }
            counts = module.transfers().longs(Evaluation.joined(answers, 1));
        }
        int seen = feed.batches().images();
        ImageCounts.Builder byImage = ImageCounts.builder(classes, seen);
        long[] right = new long[classes];
        long[] all = new long[classes];
        long[] given = new long[classes];
        int row = counts.length / Math.max(1, seen);
        for (int image = 0; image < seen; image++) {
            int[] missed = part(counts, image * row, classes);
            int[] shared = part(counts, image * row + classes, classes);
            int[] found = part(counts, image * row + 2 * classes, classes);
            byImage.add(shared, missed, found);
            for (int label = 0; label < classes; label++) {
                right[label] += shared[label];
                all[label] += shared[label] + missed[label];
                given[label] += found[label];
            }
        }
        long positions = Arrays.stream(all).sum();
        // Of images with positions of no class the losses are sums, as their means would not be over as many.
        return new Evaluation(
                loss / (ignoring ? Math.max(1, positions) : seen),
                (double) Arrays.stream(right).sum() / Math.max(1, positions),
                Evaluation.balanced(right, all),
                null,
                null,
                null,
                byImage.build(),
                Overlap.of(right, all, given));
    }

    private static int[] part(long[] counts, int from, int length) {
        int[] part = new int[length];
        for (int i = 0; i < length; i++) {
            part[i] = (int) counts[from + i];
        }
        return part;
    }
}
