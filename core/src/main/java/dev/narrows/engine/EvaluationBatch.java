package dev.narrows.engine;

import dev.narrows.net.Shape;
import dev.narrows.program.Program;
import dev.narrows.trial.TrainingStep;

/**
 * Images of one call of an evaluation on a GPU: as many as a training step has room for. Their number depends on the
 * trial alone, and never on the room that it was given: other batches may end in other bits.
 */
final class EvaluationBatch {
    /** A call takes long to begin there; more than this many do not shorten it. */
    static final int MOST = 1000;

    /** Of a pixel while images are looked up: its place in 64 bits, and one byte that says that it is inside. */
    private static final long BYTES_PER_POSITION = 9;

    /** Of a scalar of an image meanwhile: a byte, and its level twice in 64 bits. */
    private static final long BYTES_PER_ELEMENT = 17;

    private EvaluationBatch() {}

    /** The largest number of images whose evaluation needs at most the memory of a training step; at least one. */
    static int onGpu(Program program, TrainingStep step) {
        long room = step.bytes(program);
        int least = 1;
        int most = MOST;
        while (least < most) {
            int middle = (least + most + 1) / 2;
            if (bytes(program, step, middle) <= room) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return least;
    }

    /** Bytes of an evaluation of so many images at once, with what looking them up takes. */
    static long bytes(Program program, TrainingStep step, int images) {
        Shape shape = program.input().shape();
        long each = BYTES_PER_POSITION * shape.positions() + BYTES_PER_ELEMENT * shape.elements();
        return Math.addExact(step.evaluationBytes(program, images), images * each);
    }
}
