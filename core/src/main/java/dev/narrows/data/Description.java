package dev.narrows.data;

import dev.narrows.net.Shape;
import dev.narrows.study.Task;
import java.io.Serializable;
import java.util.List;

/**
 * What a dataset is, without its pixels.
 *
 * @param shape of one image (C, H, W), that of the first
 * @param task whether images have labels or masks
 * @param train images, or patches of them, to train on
 * @param duplicates test images that stand byte for byte among those for training or validation
 * @param fingerprint hash of the content and the split, which trial ids depend on
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

    /** What they take in memory once they are decoded, with their masks. */
    public long bytes() {
        long each = shape.elements() + (task == Task.SEGMENTATION ? shape.positions() : 0);
        return Math.multiplyExact(each, (long) images());
    }

    public int classes() {
        return classNames.size();
    }
}
