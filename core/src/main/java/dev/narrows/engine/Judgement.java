package dev.narrows.engine;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.trial.Overlap;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * How a network does on a part of the data.
 *
 * @param loss mean cross-entropy
 * @param accuracy share of top-1 hits
 * @param top5 share of images whose class is among the five highest scores; null where there are five classes or fewer
 * @param hits a bit an image in the order of the split, whether it is a top-1 hit; null where images have masks
 * @param overlap null where images have labels; else accuracy is a share of positions
 */
record Judgement(
        double loss,
        double accuracy,
        @Nullable Double top5,
        @Nullable BitSet hits,
        @Nullable Overlap overlap) {
    private static final int TOP = 5;

    /**
     * Judges a module by every image of the batches, which go through the memory given.
     *
     * @param ignoring whether masks may have positions of no class
     */
    static Judgement of(Module module, Batches batches, BatchMemory memory, int classes, boolean ignoring) {
        if (batches.masked()) {
            return MaskJudgement.of(module, batches, memory, classes, ignoring);
        }
        Batches.Pass pass = batches.epoch(0);
        BitSet hits = new BitSet(batches.images());
        double loss = 0;
        int among = 0;
        int seen = 0;
        for (int count = memory.fill(pass); count > 0; count = memory.fill(pass)) {
            try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
                NDList out = module.call(manager, "judge", memory.images(manager), memory.labels(manager));
                float[] losses = out.get(0).toFloatArray();
                long[] hit = out.get(1).toLongArray();
                long[] ranks = out.get(2).toLongArray();
                for (int i = 0; i < count; i++) {
                    loss += losses[i];
                    hits.set(seen + i, hit[i] != 0);
                    among += ranks[i] <= TOP ? 1 : 0;
                }
            }
            seen += count;
        }
        return new Judgement(
                loss / seen,
                (double) hits.cardinality() / seen,
                classes > TOP ? (double) among / seen : null,
                hits,
                null);
    }
}
