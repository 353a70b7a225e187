package dev.narrows.tradeoff.answer;

import dev.narrows.study.Constraint;
import dev.narrows.tradeoff.Amounts;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sentences on the variant to take: within the constraints, and for budgets of the main cost. */
final class ChoiceSentences {
    /** Most steps of a budget in one sentence. */
    private static final int MOST_STEPS = 4;

    /** Most variants that are resampled for a sentence: the time grows with their number. */
    private static final int MOST_RESAMPLED = 500;

    private ChoiceSentences() {}

    static List<Sentence> of(Grounds grounds, List<Constraint> constraints, List<BudgetStep> steps) {
        List<Sentence> sentences = new ArrayList<>();
        List<VariantSummary> allowed = grounds.summaries().stream()
                .filter(summary -> constraints.stream()
                        .allMatch(constraint -> constraint.holds(summary.measure(constraint.measure()))))
                .toList();
        String bounds = constraints.stream().map(Constraint::toString).collect(Collectors.joining(" and "));
        if (allowed.isEmpty()) {
            sentences.add(choice("No variant with a result meets %s.".formatted(bounds)));
            return sentences;
        }
        List<BudgetStep> withinBounds = constraints.isEmpty()
                ? steps
                : BudgetStep.of(allowed, grounds.cost(), grounds.quality(), grounds.certainty());
        if (withinBounds.isEmpty()) {
            return sentences;
        }
        BudgetStep best = withinBounds.get(withinBounds.size() - 1);
        sentences.add(choice("%s, %s%s"
                .formatted(
                        constraints.isEmpty() ? "Without a limit on cost" : "Within " + bounds,
                        best.words(),
                        likely(grounds, allowed, best.best()))));
        if (steps.size() > 1) {
            sentences.add(choice(ladder(grounds, steps)));
        }
        return sentences;
    }

    private static Sentence choice(String words) {
        return Sentence.of(Subject.CHOICE, Standing.STATED, words);
    }

    private static String likely(Grounds grounds, List<VariantSummary> allowed, VariantSummary best) {
        if (allowed.size() < 2 || allowed.size() > MOST_RESAMPLED) {
            return "";
        }
        Map<String, Double> likely = grounds.certainty().best(allowed);
        Double share = likely.get(best.id());
        return share == null
                ? ""
                : " It is the %s in %.0f %% of bootstrap resamples (seeds and images)."
                        .formatted(Quality.superlative(grounds.quality()), 100 * share);
    }

    /** Names the largest gains, in the order of the budget; the first step is always named. */
    private static String ladder(Grounds grounds, List<BudgetStep> steps) {
        List<BudgetStep> named = new ArrayList<>(steps.subList(1, steps.size()));
        named.sort(Comparator.comparingDouble(step -> -gain(grounds, steps, step)));
        List<BudgetStep> shown = new ArrayList<>(named.subList(0, Math.min(MOST_STEPS - 1, named.size())));
        shown.add(steps.get(0));
        shown.sort(Comparator.comparingDouble(BudgetStep::from));
        return shown.stream()
                .map(step -> "from %s %s (%s)"
                        .formatted(
                                Amounts.of(grounds.cost(), step.from()),
                                step.best().label(),
                                Amounts.of(grounds.quality(), step.best().measure(grounds.quality()))))
                .collect(Collectors.joining(
                        ", ", "By a budget of " + grounds.cost().label() + ": ", "."));
    }

    private static double gain(Grounds grounds, List<BudgetStep> steps, BudgetStep step) {
        BudgetStep before = steps.get(steps.indexOf(step) - 1);
        return step.best().measure(grounds.quality()) - before.best().measure(grounds.quality());
    }
}
