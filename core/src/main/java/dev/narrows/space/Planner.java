package dev.narrows.space;

import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import java.util.List;

/** Turns what may vary into what will be tried. */
public final class Planner {
    private Planner() {}

    /**
     * The plan of a study that says itself what its networks take.
     *
     * @throws BadInput where the study has data instead, whose images say it
     */
    public static Plan plan(Study study) {
        return plan(
                study,
                study.input()
                        .orElseThrow(() -> new BadInput("%s: Cannot plan without input: its data are to be read first"
                                .formatted(study.file()))));
    }

    /**
     * The plan of a study whose networks take what its data give.
     *
     * @param input shape and classes of the data
     */
    public static Plan plan(Study study, Study.Input input) {
        return new Plan(List.of(), List.of(), List.of());
    }
}
