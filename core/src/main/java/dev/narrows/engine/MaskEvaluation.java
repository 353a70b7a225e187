package dev.narrows.engine;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.trial.Overlap;
import java.util.List;

/** Evaluation of a network on images with masks. */
final class MaskEvaluation {
    private MaskEvaluation() {}

    /** Evaluates a module by every position of every image of a feed. */
    static Evaluation of(Module module, ImageFeed feed, int classes, boolean ignoring) {
        long[] counts = new long[classes * classes];
        double loss = 0;
        try (PtNDManager results = (PtNDManager) module.manager().newSubManager()) {
            List<NDList> answers = Evaluation.answers(module, feed, results);
            for (float one : module.transfers().floats(Evaluation.joined(answers, 0))) {
                loss += one;
            }
            long[] pairs = module.transfers().longs(Evaluation.joined(answers, 1));
            // Where positions of no class are counted, they stand behind all pairs of each batch.
            int each = pairs.length / answers.size();
            for (int i = 0; i < pairs.length; i++) {
                if (i % each < counts.length) {
                    counts[i % each] += pairs[i];
                }
            }
        }
        int seen = feed.batches().images();
        long positions = 0;
        long hits = 0;
        long[] right = new long[classes];
        long[] all = new long[classes];
        for (int i = 0; i < counts.length; i++) {
            positions += counts[i];
            all[i / classes] += counts[i];
            if (i % (classes + 1) == 0) {
                hits += counts[i];
                right[i / classes] = counts[i];
            }
        }
        // Of images with positions of no class the losses are sums, as their means would not be over as many.
        return new Evaluation(
                loss / (ignoring ? Math.max(1, positions) : seen),
                (double) hits / Math.max(1, positions),
                Evaluation.balanced(right, all),
                null,
                null,
                Overlap.of(counts, classes));
    }
}
