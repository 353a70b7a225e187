package dev.narrows.engine;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.trial.Overlap;
import java.util.BitSet;
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
     * Evaluates a module by every image of the batches, which go through the memory given.
     *
     * @param ignoring true where masks may have positions of no class
     */
    static Evaluation of(Module module, Batches batches, BatchMemory memory, int classes, boolean ignoring) {
        if (batches.masked()) {
            return MaskEvaluation.of(module, batches, memory, classes, ignoring);
        }
        Batches.Pass pass = batches.epoch(0);
        BitSet hits = new BitSet(batches.images());
        double loss = 0;
        int among = 0;
        int seen = 0;
        for (int count = memory.fill(pass); count > 0; count = memory.fill(pass)) {
            try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
                NDList out = module.call(
                        manager, "evaluate", memory.images(module, manager), memory.labels(module, manager));
                float[] losses = module.transfers().floats(out.get(0));
                long[] hit = module.transfers().longs(out.get(1));
                long[] ranks = module.transfers().longs(out.get(2));
                for (int i = 0; i < count; i++) {
                    loss += losses[i];
                    hits.set(seen + i, hit[i] != 0);
                    among += ranks[i] <= TOP ? 1 : 0;
                }
            }
            seen += count;
        }
        return new Evaluation(
                loss / seen,
                (double) hits.cardinality() / seen,
                classes > TOP ? (double) among / seen : null,
                hits,
                null);
    }
}
