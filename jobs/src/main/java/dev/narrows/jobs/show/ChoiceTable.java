package dev.narrows.jobs.show;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Choice;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.BudgetStep;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The variant to take, in words, and the table of those that come next. */
public final class ChoiceTable {
    private final Choice choice;
    private final List<VariantSummary> all;
    private final List<Constraint> constraints;
    private final List<Objective> objectives;
    private final Certainty certainty;
    private final Terminal terminal;

    /** @param choice with a ranking that is not empty */
    public ChoiceTable(
            Choice choice,
            List<VariantSummary> all,
            List<Constraint> constraints,
            List<Objective> objectives,
            Certainty certainty,
            Terminal terminal) {
        this.choice = choice;
        this.all = all;
        this.constraints = constraints;
        this.objectives = objectives;
        this.certainty = certainty;
        this.terminal = terminal;
    }

    /** @param top most rows of the table */
    public void print(int top) {
        VariantSummary best = choice.best().orElseThrow();
        terminal.say("Take @|bold %s|@ (%s)".formatted(best.label(), best.id()));
        terminal.say("  why       %s".formatted(why()));
        terminal.say("  how sure  %s".formatted(howSure(best)));
        cheaper(best);
        withinNoise(best);
        test(best);
        terminal.say("");
        table(top);
        terminal.say("");
        terminal.say("★ Pareto front of %s, among these variants"
                .formatted(objectives.stream()
                        .map(objective -> objective.measure().word())
                        .collect(Collectors.joining(", "))));
        if (all.stream().anyMatch(summary -> summary.isUnstable(Measure.LATENCY_P50_US))) {
            terminal.say("~ unstable latency: the interquartile range of the samples is more than a tenth of"
                    + " p50; ± 95 % interval over other measurements");
        }
        if (!choice.likely().isEmpty()
                && choice.ranking().stream()
                        .anyMatch(summary -> summary.chosen().size() == 1)) {
            terminal.say("%s: variants with one seed are assumed to vary as the others do".formatted(superlative()));
        }
        terminal.say("Next: narrows show %s"
                .formatted(
                        best.chosen().isEmpty()
                                ? best.id()
                                : best.chosen().get(0).trialId()));
    }

    private String superlative() {
        return Quality.superlative(certainty.measure());
    }

    private String why() {
        Objective first = objectives.get(0);
        String way = first.direction() == Objective.Direction.MAXIMIZE ? "highest" : "lowest";
        String among = constraints.isEmpty()
                ? "of %s".formatted(Numbers.counted(all.size(), "variant"))
                : "of %d variants (of %d) that meet %s"
                        .formatted(
                                choice.ranking().size(),
                                all.size(),
                                constraints.stream().map(Constraint::toString).collect(Collectors.joining(" and ")));
        return "the %s %s %s".formatted(way, first.measure(), among);
    }

    private String howSure(VariantSummary best) {
        if (choice.ranking().size() == 1) {
            return constraints.isEmpty()
                    ? "there is no other variant to compare it with"
                    : "no other variant meets the constraints";
        }
        VariantSummary next = choice.ranking().get(1);
        Difference difference = certainty.between(best, next);
        Double likely = choice.likely().get(best.id());
        String chance = likely == null
                ? ""
                : "the %s in %s of bootstrap resamples (seeds and images); "
                        .formatted(superlative(), Numbers.wholePercent(likely));
        return "%sagainst the next, %s: %s".formatted(chance, next.label(), difference.words());
    }

    private void cheaper(VariantSummary best) {
        choice.cheaper(Measure.MACS, certainty).ifPresent(other -> {
            boolean inAll = other.cost().params() <= best.cost().params();
            terminal.say("  %s%s"
                    .formatted(inAll ? "cheaper   " : "less MACs ", BudgetStep.cheaper(certainty, best, other)));
        });
    }

    /** Names latency constraints that the best variant meets by less than the noise of its measurement. */
    private void withinNoise(VariantSummary best) {
        for (Constraint constraint : constraints) {
            best.latencyEstimate(constraint.measure())
                    .filter(estimate -> estimate.interval().holds(constraint.bound()))
                    .ifPresent(estimate -> terminal.say("  but       %s is met within noise only: %s %s"
                            .formatted(constraint, Numbers.measure(constraint.measure(), estimate.value()), estimate)));
        }
    }

    private void test(VariantSummary best) {
        Measure quality = certainty.measure();
        Quality.meanOnTest(best, quality)
                .ifPresent(test -> terminal.say("  on test   %s%s, mean of %s; measured for this variant only"
                        .formatted(
                                Quality.nameBefore(quality),
                                Numbers.percent(test),
                                Numbers.counted(best.chosen().size(), "trained network"))));
        Set<String> rates = new LinkedHashSet<>();
        best.chosen().forEach(row -> rates.add(String.valueOf(row.training().learningRate())));
        long tried = best.trials().stream().map(TrialRow::training).distinct().count();
        if (tried > 1) {
            terminal.say("  trained   at a learning rate of %s, the best of %d settings for each seed"
                    .formatted(String.join(" and ", rates), tried));
        }
    }

    private void table(int top) {
        Set<Measure> measures = new LinkedHashSet<>();
        objectives.forEach(objective -> measures.add(objective.measure()));
        constraints.forEach(constraint -> measures.add(constraint.measure()));
        measures.addAll(List.of(Measure.VALIDATION_ACCURACY, Measure.PARAMS, Measure.MACS, Measure.LATENCY_P50_US));
        List<VariantSummary> rows = choice.ranking().stream().limit(top).toList();
        Grid<VariantSummary> grid = new Grid<>(rows)
                .words("", summary -> choice.frontier().contains(summary) ? "★" : "")
                .number("rank", summary -> String.valueOf(rows.indexOf(summary) + 1));
        if (!choice.likely().isEmpty()) {
            grid.number(
                    superlative(),
                    summary -> Numbers.wholePercent(choice.likely().getOrDefault(summary.id(), 0.0)));
        }
        for (Measure measure : measures) {
            if (rows.stream().anyMatch(summary -> !Double.isNaN(summary.measure(measure)))) {
                grid.number(measure.word(), summary -> measured(measure, summary));
            }
        }
        if (VariantSummary.comparedByReference(all)) {
            grid.number("latency_relative", ChoiceTable::relative);
        }
        grid.number("seeds", summary -> String.valueOf(summary.chosen().size()))
                .rest("variant", VariantSummary::label, terminal)
                .print(terminal, summary -> summary.id().equals(rows.get(0).id()));
        if (choice.ranking().size() > rows.size()) {
            terminal.say("and %d more (--top)".formatted(choice.ranking().size() - rows.size()));
        }
    }

    /** A value; a latency has its interval, and a mark if it is unstable. */
    private static String measured(Measure measure, VariantSummary summary) {
        String value = Numbers.measure(measure, summary.measure(measure));
        return summary.latencyEstimate(measure)
                .map(estimate -> "%s%s %s".formatted(summary.isUnstable(measure) ? "~" : "", value, estimate))
                .orElse(value);
    }

    private static String relative(VariantSummary summary) {
        return summary.relativeLatency()
                .map(estimate -> String.format(Locale.ENGLISH, "%.2f %s", estimate.value(), estimate))
                .orElse("–");
    }
}
