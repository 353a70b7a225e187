package dev.narrows.jobs.show;

import dev.narrows.jobs.document.ComparisonDocument;
import dev.narrows.jobs.document.DifferenceDocument;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Choice;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Proxies;
import dev.narrows.tradeoff.Proxy;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Two studies beside each other: the results of their common variants, and the best of both. */
public final class StudyComparison {
    private static final int SHOWN = 30;

    private final String firstName;
    private final String secondName;
    private final StudyResults first;
    private final StudyResults second;
    private final List<VariantSummary> ones;
    private final List<VariantSummary> others;
    private final Certainty certainty;

    /** Names the two by their folders, because both may be runs of one study. */
    public StudyComparison(StudyResults first, StudyResults second) {
        firstName = first.source().folder();
        secondName = second.source().folder();
        this.first = first;
        this.second = second;
        ones = first.summaries();
        others = second.summaries().stream()
                .map(summary -> summary.identified("second " + summary.id()))
                .toList();
        List<VariantSummary> all = new ArrayList<>(ones);
        all.addAll(others);
        certainty = Certainty.of(all, quality());
    }

    /** The measure of quality of the first study, where both have it; else accuracy, which all have. */
    private Measure quality() {
        Measure ofFirst = Quality.of(first.objectives(), ones);
        return others.stream().anyMatch(summary -> !Double.isNaN(summary.measure(ofFirst)))
                ? ofFirst
                : Measure.VALIDATION_ACCURACY;
    }

    private double quality(VariantSummary summary) {
        return summary.measure(certainty.measure());
    }

    private record Common(VariantSummary one, VariantSummary other, Difference difference) {}

    public void print(Terminal terminal) {
        terminal.say("first   @|bold %s|@: %s, %s"
                .formatted(
                        firstName,
                        Numbers.counted(ones.size(), "variant"),
                        Numbers.counted(first.trials().size(), "ended trial")));
        terminal.say("second  @|bold %s|@: %s, %s"
                .formatted(
                        secondName,
                        Numbers.counted(others.size(), "variant"),
                        Numbers.counted(second.trials().size(), "ended trial")));
        terminal.say("");
        List<Common> common = common();
        if (common.isEmpty()) {
            terminal.say("No variant is in both.");
        } else {
            table(common, terminal);
        }
        terminal.say("");
        best(terminal);
        LatencyComparison latency = new LatencyComparison(first.latency(), second.latency());
        if (!latency.isEmpty()) {
            terminal.say("");
            latency.print(terminal);
        }
    }

    /** The same for programs. */
    public ComparisonDocument document(List<String> notes) {
        List<Common> common = common();
        Optional<VariantSummary> one = best(ones, first);
        Optional<VariantSummary> other = best(others, second);
        return new ComparisonDocument(
                firstName,
                secondName,
                null,
                null,
                one.isPresent() && other.isPresent()
                        ? DifferenceDocument.of(certainty.between(other.get(), one.get()))
                        : null,
                null,
                common.stream()
                        .map(row -> new ComparisonDocument.CommonVariant(
                                row.other.label(),
                                row.one.accuracy(),
                                row.other.accuracy(),
                                DifferenceDocument.of(row.difference)))
                        .toList(),
                common.isEmpty() ? null : DifferenceDocument.of(certainty.mean(counting(common))),
                common.isEmpty() ? null : ComparisonDocument.RankAgreement.of(order(common)),
                new LatencyComparison(first.latency(), second.latency())
                        .agreements().stream()
                                .map(ComparisonDocument.LatencyLine::of)
                                .toList(),
                notes);
    }

    private List<Certainty.Pair> counting(List<Common> common) {
        return certainty.counting(common.stream()
                .map(row -> new Certainty.Pair(row.other, row.one))
                .toList());
    }

    private Proxy order(List<Common> common) {
        return Proxies.between(
                common.stream().map(Common::one).toList(),
                common.stream().map(Common::other).toList(),
                certainty.measure());
    }

    private List<Common> common() {
        Map<String, VariantSummary> byId = new HashMap<>();
        ones.forEach(summary -> byId.put(summary.id(), summary));
        List<Common> common = new ArrayList<>();
        for (VariantSummary other : others) {
            VariantSummary one = byId.get(other.id().substring("second ".length()));
            if (one != null && !Double.isNaN(quality(one)) && !Double.isNaN(quality(other))) {
                common.add(new Common(one, other, certainty.between(other, one)));
            }
        }
        common.sort(Comparator.comparingDouble((Common c) -> quality(c.one)).reversed());
        return common;
    }

    private void table(List<Common> common, Terminal terminal) {
        new Grid<>(common.stream().limit(SHOWN).toList())
                .number("first", row -> Numbers.percent(quality(row.one)))
                .number("second", row -> Numbers.percent(quality(row.other)))
                .number("points", row -> Difference.points(row.difference.value()))
                .number("95 % interval", row -> interval(row.difference))
                .rest("variant", row -> row.other.label(), terminal)
                .print(terminal, row -> row.difference.settled());
        if (common.size() > SHOWN) {
            terminal.say("and %d more".formatted(common.size() - SHOWN));
        }
        terminal.say("");
        List<Certainty.Pair> pairs = counting(common);
        terminal.say("The second against the first, mean of %s%s in both: %s"
                .formatted(
                        pairs.size() == common.size() ? "" : "%d of the ".formatted(pairs.size()),
                        Numbers.counted(common.size(), "variant"),
                        certainty.mean(pairs).words()));
        Proxy order = order(common);
        if (!Double.isNaN(order.correlation())) {
            terminal.say(String.format(
                    Locale.ENGLISH,
                    "Kendall rank correlation of these variants: %.2f%s",
                    order.correlation(),
                    order.interval()
                            .map(known -> String.format(
                                    Locale.ENGLISH, ", 95 %% interval %.2f … %.2f", known.low(), known.high()))
                            .orElse("; too few variants for an interval")));
        }
    }

    private static String interval(Difference difference) {
        return difference
                .interval()
                .map(known -> Difference.points(known.low()) + " … " + Difference.points(known.high()))
                .orElse("–");
    }

    private void best(Terminal terminal) {
        Optional<VariantSummary> one = best(ones, first);
        Optional<VariantSummary> other = best(others, second);
        if (one.isPresent() && other.isPresent()) {
            terminal.say("Best of the first: %s, %s".formatted(one.get().label(), Numbers.percent(quality(one.get()))));
            terminal.say(
                    "Best of the second: %s, %s".formatted(other.get().label(), Numbers.percent(quality(other.get()))));
            terminal.say("The second's best against the first's: "
                    + certainty.between(other.get(), one.get()).words());
        }
    }

    private Optional<VariantSummary> best(List<VariantSummary> summaries, StudyResults results) {
        return Choice.of(summaries, List.of(), results.objectives(), certainty).best();
    }
}
