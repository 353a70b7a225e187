package dev.narrows.jobs.show;

import dev.narrows.results.Foretold;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.FrontCertainty;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.SearchRecords;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The results of a study: one line per variant, the best first, the Pareto front marked. */
public final class VariantTable {
    private static final List<Measure> OTHER_QUALITIES = Arrays.stream(Measure.values())
            .filter(measure -> measure.isQuality() && measure != Measure.VALIDATION_ACCURACY)
            .toList();

    private VariantTable() {}

    /**
     * Prints them.
     *
     * @param certainty that of the summaries
     */
    public static void print(
            List<VariantSummary> summaries, Certainty certainty, List<Objective> objectives, Terminal terminal) {
        print(summaries, certainty, objectives, Optional.empty(), terminal);
    }

    /**
     * Prints them with what a search predicts for those that it has not trained.
     *
     * @param search empty where the whole grid is trained
     */
    public static void print(
            List<VariantSummary> summaries,
            Certainty certainty,
            List<Objective> objectives,
            Optional<SearchRecords> search,
            Terminal terminal) {
        Set<VariantSummary> front = new HashSet<>(ParetoFront.of(summaries, VariantSummary.criteria(objectives)));
        List<VariantSummary> sorted = summaries.stream()
                .sorted(Comparator.comparing((VariantSummary s) -> place(s, certainty.measure(), search))
                        .reversed())
                .toList();
        Grid<VariantSummary> grid = new Grid<>(sorted)
                .words("", summary -> front.contains(summary) ? "★" : "")
                .number(
                        Measure.VALIDATION_ACCURACY.label(),
                        summary -> share(summary, Measure.VALIDATION_ACCURACY, certainty, search));
        for (Measure measure : OTHER_QUALITIES) {
            boolean shown = measure.isOfMasks() || measure == certainty.measure();
            if (shown && summaries.stream().anyMatch(summary -> !Double.isNaN(summary.measure(measure)))) {
                grid.number(measure.label(), summary -> share(summary, measure, certainty, search));
            }
        }
        grid.number("params", summary -> Numbers.count(summary.cost().params()))
                .number("MACs", summary -> Numbers.count(summary.cost().macs()));
        Set<Integer> batchSizes = new LinkedHashSet<>();
        summaries.forEach(summary -> summary.latency().forEach(row -> batchSizes.add(row.batchSize())));
        for (LatencyRuntime runtime : LatencyRuntime.values()) {
            boolean measured = summaries.stream()
                    .anyMatch(summary -> summary.latency().stream().anyMatch(row -> row.runtime() == runtime));
            String where = runtime == LatencyRuntime.TORCH ? "" : runtime.name().toLowerCase(Locale.ROOT) + " ";
            for (int batchSize :
                    batchSizes.stream().filter(size -> measured).sorted().toList()) {
                grid.number(where + "p50 at " + batchSize, summary -> latency(summary, runtime, batchSize));
            }
        }
        FrontCertainty chances = certainty.front(objectives);
        if (chances.reason().isEmpty()) {
            grid.number("on the front", summary -> {
                OptionalDouble probability = chances.of(summary);
                return probability.isPresent() ? Numbers.wholePercent(probability.getAsDouble()) : "–";
            });
        }
        grid.rest("variant", summary -> summary.label() + failures(summary), terminal)
                .print(terminal, front::contains);
        terminal.say("");
        if (!front.isEmpty()) {
            terminal.say(legend(objectives));
            terminal.say(chances.reason()
                    .map(reason -> "on the front: the probability is not known: " + reason)
                    .orElse("on the front: share of bootstrap resamples (seeds and images) in which the"
                            + " variant is on the front"
                            + (summaries.stream()
                                            .anyMatch(
                                                    summary -> summary.chosen().size() == 1)
                                    ? "; variants with one seed are assumed to vary as the others do"
                                    : "")));
        }
        if (summaries.stream()
                .anyMatch(summary -> Double.isNaN(summary.measure(certainty.measure()))
                        && predicted(summary, certainty.measure(), search).isPresent())) {
            terminal.say("( ) predicted: the search has not trained the variant");
        }
        if (summaries.stream().anyMatch(summary -> unstable(summary))) {
            terminal.say("~ unstable latency: the interquartile range of the samples is more than a tenth of p50");
        }
    }

    private static String legend(List<Objective> objectives) {
        return objectives.stream()
                .map(objective -> switch (objective.direction()) {
                    case MAXIMIZE -> "maximise " + objective.measure();
                    case MINIMIZE -> "minimise " + objective.measure();
                })
                .collect(Collectors.joining(
                        ", ",
                        "★ Pareto front: no other variant is better in one objective without being worse in another (",
                        ")"));
    }

    private static double place(VariantSummary summary, Measure quality, Optional<SearchRecords> search) {
        double value = summary.measure(quality);
        return Double.isNaN(value) ? predicted(summary, quality, search).orElse(0.0) - 2 : value;
    }

    /** Value of a measure that a search predicts for a variant that it has not trained. */
    private static Optional<Double> predicted(VariantSummary summary, Measure measure, Optional<SearchRecords> search) {
        return search.filter(known -> known.quality() == measure)
                .flatMap(known -> known.foretold(summary.variantId()))
                .map(Foretold::quality);
    }

    /** A measure of quality; that of the study has its deviation between seeds. */
    private static String share(
            VariantSummary summary, Measure measure, Certainty certainty, Optional<SearchRecords> search) {
        double value = summary.measure(measure);
        if (Double.isNaN(value)) {
            return predicted(summary, measure, search)
                    .map(quality -> "(%s)".formatted(Numbers.percent(quality)))
                    .orElse("–");
        }
        Optional<Double> deviation = measure == certainty.measure() ? summary.deviation(measure) : Optional.empty();
        return Numbers.percent(value)
                + deviation
                        .map(d -> String.format(Locale.ENGLISH, " ± %.2f", 100 * d))
                        .orElse("");
    }

    private static String latency(VariantSummary summary, LatencyRuntime runtime, int batchSize) {
        return summary.latency().stream()
                .filter(row -> row.runtime() == runtime && row.batchSize() == batchSize)
                .findFirst()
                .map(row -> (row.unstable() ? "~" : "") + Numbers.micros(row.p50Micros()))
                .orElse("–");
    }

    private static boolean unstable(VariantSummary summary) {
        return summary.latency().stream().anyMatch(LatencyRow::unstable);
    }

    /** Trials that gave no accuracy, by outcome. */
    private static String failures(VariantSummary summary) {
        String failures = summary.trials().stream()
                .filter(row -> row.outcome() != Outcome.COMPLETED)
                .collect(Collectors.groupingBy(row -> row.outcome().word(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        return failures.isEmpty() ? "" : " (" + failures + ")";
    }
}
