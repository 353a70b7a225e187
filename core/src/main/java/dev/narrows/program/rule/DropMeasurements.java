package dev.narrows.program.rule;

import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;

/** Taps are measured by one program of a trial; all others go without. */
final class DropMeasurements implements Rule {
    @Override
    public Program apply(Program program) {
        List<Step> kept = program.steps().stream()
                .filter(step -> !(step instanceof Step.MeasureTap))
                .toList();
        return program.withSteps(kept);
    }
}
