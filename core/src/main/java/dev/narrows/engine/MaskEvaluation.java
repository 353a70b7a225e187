package dev.narrows.engine;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.trial.Overlap;

/** Evaluation of a network on images with masks. */
final class MaskEvaluation {
    private MaskEvaluation() {}

    /** Evaluates a module by every position of every image of the batches, which go through the memory given. */
    static Evaluation of(Module module, Batches batches, BatchMemory memory, int classes, boolean ignoring) {
        Batches.Pass pass = batches.epoch(0);
        long[] counts = new long[classes * classes];
        double loss = 0;
        int seen = 0;
        for (int count = memory.fill(pass); count > 0; count = memory.fill(pass)) {
            try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
                NDList out = module.call(
                        manager, "evaluate", memory.images(module, manager), memory.labels(module, manager));
                for (float one : module.transfers().floats(out.get(0))) {
                    loss += one;
                }
                long[] more = module.transfers().longs(out.get(1));
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += more[i];
                }
            }
            seen += count;
        }
        long positions = 0;
        long hits = 0;
        for (int i = 0; i < counts.length; i++) {
            positions += counts[i];
            hits += i % (classes + 1) == 0 ? counts[i] : 0;
        }
        // Of images with positions of no class the losses are sums, as their means would not be over as many.
        return new Evaluation(
                loss / (ignoring ? Math.max(1, positions) : seen),
                (double) hits / Math.max(1, positions),
                null,
                null,
                Overlap.of(counts, classes));
    }
}
