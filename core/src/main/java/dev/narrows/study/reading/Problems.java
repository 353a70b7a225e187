package dev.narrows.study.reading;

import dev.narrows.study.BadInput;
import dev.narrows.study.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers everything that is wrong with a study file, so that a person hears of it at once. */
final class Problems {
    private record Problem(Origin origin, String message) {}

    private final List<Problem> problems = new ArrayList<>();

    void add(Origin origin, String message) {
        Problem problem = new Problem(origin, message);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    boolean none() {
        return problems.isEmpty();
    }

    /** @throws BadInput with every problem, in the order of the files' lines, where there is one */
    void refuse() {
        if (none()) {
            return;
        }
        throw new BadInput(problems.stream()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.origin().file())
                        .thenComparing(problem -> problem.origin().line()))
                .map(problem -> problem.origin().tell(problem.message()))
                .toList());
    }
}
