package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.trial.ImageClasses;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Overlap;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quality of a network on a part of the data.
 *
 * @param loss mean cross-entropy
 * @param accuracy share of top-1 hits
 * @param balancedAccuracy mean over classes of the share of each class's images, or positions, that are right
 * @param top5 share of images whose class is among the five highest scores; null where there are five classes or fewer
 * @param hits one bit per image in the order of the split; set where it is a top-1 hit; null where images have masks
 * @param classes the class of each image, in the same order; null where images have masks
 * @param counts of the positions of each image; null where images have labels
 * @param overlap null where images have labels; else accuracy is a share of positions
 */
record Evaluation(
        double loss,
        double accuracy,
        double balancedAccuracy,
        @Nullable Double top5,
        @Nullable BitSet hits,
        @Nullable ImageClasses classes,
        @Nullable ImageCounts counts,
        @Nullable Overlap overlap) {
    private static final int TOP = 5;

    /**
     * Evaluates a module by every image of a feed.
     *
     * @param ignoring true where masks may have positions of no class
     */
    static Evaluation of(Module module, ImageFeed feed, int classes, boolean ignoring) {
        Batches batches = feed.batches();
        if (batches.samples().masked()) {
            return MaskEvaluation.of(module, feed, classes, ignoring);
        }
        float[] losses;
        long[] hit;
        long[] ranks;
        try (PtNDManager results = (PtNDManager) module.manager().newSubManager()) {
            List<NDList> answers = answers(module, feed, results);
            losses = module.transfers().floats(joined(answers, 0));
            hit = module.transfers().longs(joined(answers, 1));
            ranks = module.transfers().longs(joined(answers, 2));
        }
        int seen = batches.images();
        BitSet hits = new BitSet(seen);
        long[] right = new long[classes];
        long[] images = new long[classes];
        double loss = 0;
        int among = 0;
        int[] labels = new int[seen];
        for (int i = 0; i < seen; i++) {
            loss += losses[i];
            hits.set(i, hit[i] != 0);
            int label = batches.samples().label(i);
            labels[i] = label;
            right[label] += hit[i] != 0 ? 1 : 0;
            images[label]++;
            // A score that is no number is not even as large as itself.
            among += ranks[i] >= 1 && ranks[i] <= TOP ? 1 : 0;
        }
        return new Evaluation(
                loss / seen,
                (double) hits.cardinality() / seen,
                balanced(right, images),
                classes > TOP ? (double) among / seen : null,
                hits,
                ImageClasses.of(labels),
                null,
                null);
    }

    /**
     * Mean over classes of the share that is right, as {@code balanced_accuracy_score} of scikit-learn has it; a class
     * without any image or position does not count.
     *
     * @param right number of each class that is right
     * @param all number of each class
     */
    static double balanced(long[] right, long[] all) {
        double sum = 0;
        int present = 0;
        for (int label = 0; label < all.length; label++) {
            if (all[label] > 0) {
                sum += (double) right[label] / all[label];
                present++;
            }
        }
        return present == 0 ? 0 : sum / present;
    }

    /** The module's figures for each batch, on its device. */
    static List<NDList> answers(Module module, ImageFeed feed, PtNDManager results) {
        return feed.ask(results, (manager, list, places) -> module.callWith(manager, "judge", list, places));
    }

    /** The tensors of one place in all answers, one behind the other. */
    static NDArray joined(List<NDList> answers, int place) {
        NDList parts = new NDList();
        answers.forEach(answer -> parts.add(answer.get(place)));
        return NDArrays.concat(parts);
    }
}
