package dev.narrows.data;

import dev.narrows.study.Task;
import java.util.List;

/**
 * All images that a source has, not yet decoded.
 *
 * @param name as a study gives it
 * @param task what its answers are: labels or masks
 * @param classNames in the order of the labels; of masks, those of {@code maskValues}
 * @param maskValues the values of masks that stand for classes, in their order; empty where there are labels, or where
 *     the masks have not been looked at
 * @param validation empty where the source brings none
 * @param test empty where the source brings none
 */
record Source(
        String name,
        Task task,
        List<String> classNames,
        List<Integer> maskValues,
        List<Item> train,
        List<Item> validation,
        List<Item> test) {
    Source {
        classNames = List.copyOf(classNames);
        maskValues = List.copyOf(maskValues);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /** Of images with labels. */
    Source(String name, List<String> classNames, List<Item> train, List<Item> validation, List<Item> test) {
        this(name, Task.CLASSIFICATION, classNames, List.of(), train, validation, test);
    }

    /** Of images with masks that have not been looked at. */
    static Source masked(String name, List<Item> train, List<Item> validation, List<Item> test) {
        return new Source(name, Task.SEGMENTATION, List.of(), List.of(), train, validation, test);
    }

    Source withClasses(List<String> names, List<Integer> values) {
        return new Source(name, task, names, values, train, validation, test);
    }
}
