package dev.narrows.study;

import java.util.List;

/**
 * Input that cannot be used: a study file, an option, a folder. It holds every problem at once, each a line that can be
 * printed alone, such as {@code conf/studies/x.conf: 12: Cannot take cardinality = 0: it must be a whole
 * number of at least 1}.
 */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @throws IllegalArgumentException where there is no problem */
    public BadInput(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("Cannot refuse input without a problem");
        }
        this.problems = List.copyOf(problems);
    }

    public BadInput(String problem) {
        this(List.of(problem));
    }

    /** One line each, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
