package dev.narrows.checkpoint;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Training;

/** The bytes that the checkpoint of a trial takes on a disk. */
public final class CheckpointSize {
    /** Room for the trial, the clock, and three attempts with the names of their hosts, GPUs and versions. */
    static final int HEAD_BYTES = 4096;

    private CheckpointSize() {}

    /** Bytes at most: the tensors are exact, and names of hosts and software in the head have ample room. */
    public static long most(StateLayout layout, int epochs) {
        return CheckpointFile.PREFIX_BYTES
                + HEAD_BYTES
                + (long) CheckpointHead.EPOCH_BYTES * epochs
                + layout.bytes()
                + CheckpointFile.SUFFIX_BYTES;
    }

    /** Bytes at most of a trial of this network; forms and precisions do not change them. */
    public static long most(Layer network, Shape input, Training training) {
        return most(
                StateLayout.of(
                        Rules.training(network, input, ElementType.FP32, Form.CHANNELS_LAST), training.optimizer()),
                training.epochs());
    }
}
