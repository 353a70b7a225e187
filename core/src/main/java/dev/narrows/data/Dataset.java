package dev.narrows.data;

import dev.narrows.net.Shape;
import dev.narrows.study.Task;
import java.util.List;

/**
 * A dataset, split for a study.
 *
 * @param shape of one image (C, H, W)
 * @param task classification for images with labels, segmentation for images with masks
 * @param classNames in the order of the labels
 * @param mean of each channel over the training images, of pixels from 0 to 1
 * @param deviation standard deviation of each channel, likewise
 * @param fingerprint hash of the content and the split; it is part of each trial's id
 */
public record Dataset(
        Shape shape,
        Task task,
        List<String> classNames,
        Samples train,
        Samples validation,
        Samples test,
        List<Double> mean,
        List<Double> deviation,
        String fingerprint) {
    public Dataset {
        classNames = List.copyOf(classNames);
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** A dataset of images with labels. */
    public Dataset(
            Shape shape,
            List<String> classNames,
            Samples train,
            Samples validation,
            Samples test,
            List<Double> mean,
            List<Double> deviation,
            String fingerprint) {
        this(shape, Task.CLASSIFICATION, classNames, train, validation, test, mean, deviation, fingerprint);
    }

    public int classes() {
        return classNames.size();
    }
}
