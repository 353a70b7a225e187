package dev.narrows.jobs.show;

import dev.narrows.jobs.document.ComparisonDocument;
import dev.narrows.jobs.document.DifferenceDocument;
import dev.narrows.jobs.document.VariantDocument;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Agreement;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Two trials or variants beside each other. */
public final class TrialComparison {
    /**
     * One of the two.
     *
     * @param study every variant of its study, which show the variation between seeds
     * @param trial empty where a variant is meant
     * @param objectives of its study
     * @param place of its results, for a person
     */
    public record Side(
            List<VariantSummary> study,
            String summaryId,
            Optional<TrialRow> trial,
            List<Objective> objectives,
            String place) {
        VariantSummary variant() {
            return study.stream()
                    .filter(summary -> summary.id().equals(summaryId))
                    .findFirst()
                    .orElseThrow();
        }

        boolean isOnFront() {
            return ParetoFront.of(study, VariantSummary.criteria(objectives)).contains(variant());
        }

        String name() {
            return trial.map(row -> "%s, seed %d".formatted(variant().label(), row.seed()))
                    .orElseGet(() -> variant().label());
        }
    }

    private final Side one;
    private final Side other;

    private TrialComparison(Side one, Side other) {
        this.one = one;
        this.other = other;
    }

    public static TrialComparison of(Side one, Side other) {
        return new TrialComparison(one, other);
    }

    public void print(Terminal terminal) {
        table(terminal);
        terminal.say("");
        if (one.trial.isPresent() && other.trial.isPresent()) {
            trials(one.trial.get(), other.trial.get(), terminal);
        }
        if (areOneVariant()) {
            terminal.say("Both are the same variant.");
            return;
        }
        terminal.say("The second variant against the first: " + difference().words());
    }

    /** The same for programs. */
    public ComparisonDocument document(List<String> notes) {
        return new ComparisonDocument(
                id(one),
                id(other),
                VariantDocument.of(one.variant(), one.isOnFront(), null),
                VariantDocument.of(other.variant(), other.isOnFront(), null),
                areOneVariant() ? null : DifferenceDocument.of(difference()),
                one.trial.isPresent() && other.trial.isPresent()
                        ? ComparisonDocument.ImageAgreement.of(Agreement.of(one.trial.get(), other.trial.get()))
                        : null,
                List.of(),
                null,
                null,
                List.of(),
                notes);
    }

    private boolean areOneVariant() {
        return one.summaryId.equals(other.summaryId) && one.place.equals(other.place);
    }

    private record ComparedValue(String name, String one, String other) {}

    private void table(Terminal terminal) {
        List<ComparedValue> lines = new ArrayList<>();
        lines.add(new ComparedValue("id", id(one), id(other)));
        if (!one.place.equals(other.place)) {
            lines.add(new ComparedValue("in", one.place, other.place));
        }
        if (one.trial.isPresent() || other.trial.isPresent()) {
            lines.add(new ComparedValue("outcome", outcome(one), outcome(other)));
            lines.add(new ComparedValue("accuracy of the trial", accuracy(one), accuracy(other)));
        }
        for (Measure measure : Measure.values()) {
            double first = one.variant().measure(measure);
            double second = other.variant().measure(measure);
            if (!Double.isNaN(first) || !Double.isNaN(second)) {
                lines.add(new ComparedValue(
                        measure.word(),
                        Numbers.measure(measure, first),
                        Numbers.measure(measure, second) + ratio(measure, first, second)));
            }
        }
        lines.add(new ComparedValue("seeds", seeds(one), seeds(other)));
        new Grid<>(lines)
                .words("", ComparedValue::name)
                .words(one.name(), ComparedValue::one)
                .rest(other.name(), ComparedValue::other, terminal)
                .print(terminal, line -> false);
    }

    /** The ratio of the other to the one, where that says more than a difference. */
    private static String ratio(Measure measure, double first, double second) {
        return measure.unit() == Measure.Unit.SHARE || !(first > 0) || Double.isNaN(second)
                ? ""
                : String.format(Locale.ENGLISH, " (×%.2f)", second / first);
    }

    private static String id(Side side) {
        return side.trial.map(TrialRow::trialId).orElse(side.summaryId);
    }

    private static String outcome(Side side) {
        return side.trial.map(row -> row.outcome().word()).orElse("–");
    }

    private static String accuracy(Side side) {
        @Nullable
        Double accuracy =
                side.trial.map(row -> row.result().finalValidationAccuracy()).orElse(null);
        return accuracy == null ? "–" : Numbers.percent(accuracy);
    }

    private static String seeds(Side side) {
        return side.variant().chosen().stream()
                .map(row -> Long.toString(row.seed()))
                .reduce((a, b) -> a + " " + b)
                .orElse("none completed");
    }

    /** Compares two trained networks image by image. */
    private static void trials(TrialRow one, TrialRow other, Terminal terminal) {
        Agreement agreement = Agreement.of(one, other);
        terminal.say(agreement
                .reason()
                .map("The two trials cannot be compared image by image: %s."::formatted)
                .orElseGet(() -> String.format(
                        Locale.ENGLISH,
                        "Of %,d validation images both are right on %,d, the first alone on %,d, the"
                                + " second alone on %,d: %s points, with a standard error of %.2f from the images"
                                + " alone.",
                        agreement.images(),
                        agreement.both(),
                        agreement.firstOnly(),
                        agreement.secondOnly(),
                        Difference.points(agreement.difference()),
                        100 * agreement.standardError())));
        terminal.say("This compares the two networks as trained; another seed may reverse it.");
        terminal.say("");
    }

    private Difference difference() {
        List<VariantSummary> all = new ArrayList<>(one.study);
        VariantSummary first = one.variant();
        VariantSummary second = other.variant();
        if (!one.place.equals(other.place)) {
            other.study.stream()
                    .map(summary -> summary.identified(other.place + " " + summary.id()))
                    .forEach(all::add);
            second = second.identified(other.place + " " + second.id());
        }
        return Certainty.of(all, one.objectives).between(second, first);
    }
}
