package dev.narrows.data;

import dev.narrows.net.Shape;
import dev.narrows.study.Task;
import java.io.Serializable;
import java.util.List;

/**
 * A dataset without its pixels.
 *
 * @param shape of the first image (C, H, W)
 * @param task classification for images with labels, segmentation for images with masks
 * @param train images, or patches of them, to train on
 * @param duplicates test images whose bytes equal those of a training or validation image
 * @param fingerprint hash of the content and the split; it is part of each trial's id
 */
public record Description(
        Shape shape,
        Task task,
        List<String> classNames,
        int train,
        int validation,
        int test,
        int duplicates,
        String fingerprint)
        implements Serializable {
    public Description {
        classNames = List.copyOf(classNames);
    }

    /** Images, or patches of them, of all parts. */
    public int images() {
        return train + validation + test;
    }

    /** Bytes of memory for the decoded images with their masks. */
    public long bytes() {
        long each = shape.elements() + (task == Task.SEGMENTATION ? shape.positions() : 0);
        return Math.multiplyExact(each, (long) images());
    }

    public int classes() {
        return classNames.size();
    }
}
