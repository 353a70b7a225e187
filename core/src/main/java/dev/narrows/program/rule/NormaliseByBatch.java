package dev.narrows.program.rule;

import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;

/** In training a batch norm takes the statistics of the batch, and moves the running ones towards them. */
final class NormaliseByBatch implements Rule {
    @Override
    public Program apply(Program program) {
        List<Step> steps = program.steps().stream()
                .map(step -> step instanceof Step.NormaliseBatch norm
                        ? new Step.NormaliseBatch(norm.in(), norm.norms(), true, norm.out())
                        : step)
                .toList();
        return program.withSteps(steps);
    }
}
