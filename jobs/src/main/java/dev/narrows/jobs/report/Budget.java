package dev.narrows.jobs.report;

import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.BudgetStep;
import java.util.ArrayList;
import java.util.List;

/**
 * The choice for every budget of one measure, for the page's slider.
 *
 * @param measure word of the measure
 * @param steps in ascending order
 */
record Budget(String measure, List<Step> steps) {
    /**
     * The choice from a budget on.
     *
     * @param variant its place among the variants
     * @param words sentence of the answer
     */
    record Step(double from, int variant, String words) {}

    static List<Budget> of(Findings findings) {
        List<String> ids = findings.summaries().stream().map(VariantSummary::id).toList();
        List<Budget> budgets = new ArrayList<>();
        findings.answer().budgets().forEach((measure, steps) -> {
            if (steps.size() > 1) {
                budgets.add(new Budget(
                        measure.word(),
                        steps.stream().map(step -> step(step, ids)).toList()));
            }
        });
        return budgets;
    }

    private static Step step(BudgetStep step, List<String> ids) {
        return new Step(step.from(), ids.indexOf(step.best().id()), step.words());
    }
}
