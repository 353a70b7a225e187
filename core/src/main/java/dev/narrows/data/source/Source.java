package dev.narrows.data.source;

import dev.narrows.study.Task;
import java.util.List;

/**
 * All images of a source, not yet decoded.
 *
 * @param name as in the study
 * @param task classification for images with labels, segmentation for images with masks
 * @param classNames in the order of the labels, or of {@code maskValues}
 * @param maskValues the mask values that are classes, in order; empty for labels, and before the masks are read
 * @param validation empty if the source has none
 * @param test empty if the source has none
 * @param leftOut files that no image comes from, hidden ones aside
 */
public record Source(
        String name,
        Task task,
        List<String> classNames,
        List<Integer> maskValues,
        List<Item> train,
        List<Item> validation,
        List<Item> test,
        List<LeftOut> leftOut) {
    public Source {
        classNames = List.copyOf(classNames);
        maskValues = List.copyOf(maskValues);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        leftOut = List.copyOf(leftOut);
    }

    /** A source of images with labels. */
    public Source(String name, List<String> classNames, List<Item> train, List<Item> validation, List<Item> test) {
        this(name, Task.CLASSIFICATION, classNames, List.of(), train, validation, test, List.of());
    }

    /** A source of images with masks that have not been read. */
    static Source masked(String name, List<Item> train, List<Item> validation, List<Item> test) {
        return new Source(name, Task.SEGMENTATION, List.of(), List.of(), train, validation, test, List.of());
    }

    public Source withClasses(List<String> names, List<Integer> values) {
        return new Source(name, task, names, values, train, validation, test, leftOut);
    }

    Source withLeftOut(List<LeftOut> files) {
        return new Source(name, task, classNames, maskValues, train, validation, test, files);
    }
}
