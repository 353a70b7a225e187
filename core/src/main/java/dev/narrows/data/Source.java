package dev.narrows.data;

import java.util.List;

/**
 * All images that a source has, not yet decoded.
 *
 * @param name as a study gives it
 * @param validation empty where the source brings none
 * @param test empty where the source brings none
 */
record Source(String name, List<String> classNames, List<Item> train, List<Item> validation, List<Item> test) {
    Source {
        classNames = List.copyOf(classNames);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
