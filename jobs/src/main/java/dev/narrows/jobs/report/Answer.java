package dev.narrows.jobs.report;

import dev.narrows.jobs.report.Page.Sentence;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Effect;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The answer that the figures support, in words: the best, cheaper variants, and the effect of each knob. */
final class Answer {
    private static final int MOST_EFFECTS = 8;
    /** A saving that is worth a sentence. */
    private static final double CHEAPER = 0.9;

    private final Findings findings;
    private final List<Sentence> sentences = new ArrayList<>();

    private Answer(Findings findings) {
        this.findings = findings;
    }

    static List<Sentence> of(Findings findings) {
        Answer answer = new Answer(findings);
        answer.best();
        answer.cheaper();
        answer.effects();
        answer.reservations();
        return answer.sentences;
    }

    private void say(String kind, String words) {
        sentences.add(new Sentence(kind, words));
    }

    private void best() {
        findings.leading()
                .flatMap(measure -> best(measure)
                        .map(best -> "Best by %s: %s, %s with %s params and %s MACs."
                                .formatted(
                                        measure.label(),
                                        best.label(),
                                        value(measure, best.measure(measure)),
                                        Numbers.count(best.cost().params()),
                                        Numbers.count(best.cost().macs()))))
                .ifPresent(words -> say("lead", words));
    }

    private Optional<VariantSummary> best(Measure measure) {
        return findings.summaries().stream()
                .filter(summary -> !Double.isNaN(summary.measure(measure)))
                .max(Comparator.comparingDouble(summary -> summary.measure(measure)));
    }

    private static String value(Measure measure, double value) {
        return measure.unit() == Measure.Unit.SHARE
                ? Numbers.percent(value)
                : String.format(Locale.ENGLISH, "%.4g", value);
    }

    /** Names a variant that costs less and is not settled to be worse. */
    private void cheaper() {
        findings.mostAccurate()
                .flatMap(best -> findings.summaries().stream()
                        .filter(other ->
                                other.cost().macs() < CHEAPER * best.cost().macs())
                        .filter(other -> unsettled(best, other))
                        .min(Comparator.comparingLong(other -> other.cost().macs()))
                        .map(other -> "%s has %s of its MACs; the difference in accuracy is not settled: %s."
                                .formatted(
                                        other.label(),
                                        share((double) other.cost().macs()
                                                / best.cost().macs()),
                                        findings.certainty()
                                                .between(other, best)
                                                .words())))
                .ifPresent(words -> say("open", words));
    }

    private boolean unsettled(VariantSummary best, VariantSummary other) {
        if (Double.isNaN(other.accuracy())) {
            return false;
        }
        Difference difference = findings.certainty().between(other, best);
        return difference.interval().isPresent() && !difference.settled();
    }

    private static String share(double share) {
        return String.format(Locale.ENGLISH, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    /** Names the effect of each axis from its first value to its last: settled ones first, the largest first. */
    private void effects() {
        Map<String, Effect> widest = new LinkedHashMap<>();
        findings.effects().stream()
                .filter(effect -> effect.accuracy().interval().isPresent())
                .forEach(effect -> widest.put(effect.family() + " " + effect.axis(), effect));
        List<Effect> told = widest.values().stream()
                .sorted(Comparator.comparing(
                                (Effect effect) -> !effect.accuracy().settled())
                        .thenComparing(effect -> -Math.abs(effect.accuracy().value())))
                .toList();
        told.stream()
                .limit(MOST_EFFECTS)
                .forEach(effect -> say(effect.accuracy().settled() ? "settled" : "open", effect.sentence() + "."));
        if (told.size() > MOST_EFFECTS) {
            say("note", "%d more effects are listed below.".formatted(told.size() - MOST_EFFECTS));
        }
    }

    private void reservations() {
        findings.effects().stream()
                .flatMap(effect -> effect.accuracy().reason().stream())
                .distinct()
                .limit(2)
                .forEach(reason -> say("note", "Some differences have no interval: %s.".formatted(reason)));
        findings.chances()
                .reason()
                .filter(reason -> !findings.front().isEmpty())
                .ifPresent(reason ->
                        say("note", "The probability of being on the front is not known: %s.".formatted(reason)));
        int missing = findings.results().size() - findings.ended().size();
        if (missing > 0 && !findings.ended().isEmpty()) {
            say("note", "%,d trials have not ended; their results may change this.".formatted(missing));
        }
    }
}
