package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.trial.Overlap;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quality of a network on a part of the data.
 *
 * @param loss mean cross-entropy
 * @param accuracy share of top-1 hits
 * @param top5 share of images whose class is among the five highest scores; null where there are five classes or fewer
 * @param hits one bit per image in the order of the split; set where it is a top-1 hit; null where images have masks
 * @param overlap null where images have labels; else accuracy is a share of positions
 */
record Evaluation(
        double loss,
        double accuracy,
        @Nullable Double top5,
        @Nullable BitSet hits,
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
        double loss = 0;
        int among = 0;
        for (int i = 0; i < seen; i++) {
            loss += losses[i];
            hits.set(i, hit[i] != 0);
            among += ranks[i] <= TOP ? 1 : 0;
        }
        return new Evaluation(
                loss / seen,
                (double) hits.cardinality() / seen,
                classes > TOP ? (double) among / seen : null,
                hits,
                null);
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
