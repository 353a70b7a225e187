package dev.narrows.data.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a dataset, as its source names it. */
enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    private static final Pattern WORD =
            Pattern.compile("(?<![a-z0-9])(train|training|validation|valid|val|dev|test|t10k)(?![a-z])");

    /** The part that a path states: the last word in it that names one. */
    static Optional<Part> of(String path) {
        Matcher matcher = WORD.matcher(path.toLowerCase(java.util.Locale.ROOT));
        Optional<Part> part = Optional.empty();
        while (matcher.find()) {
            part = Optional.of(
                    switch (matcher.group(1)) {
                        case "train", "training" -> TRAIN;
                        case "test", "t10k" -> TEST;
                        default -> VALIDATION;
                    });
        }
        return part;
    }
}
