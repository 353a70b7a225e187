package dev.narrows.jobs.show;

import dev.narrows.jobs.document.ComparisonDocument;
import dev.narrows.tradeoff.LatencyAgreement;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.Locale;

/** Agreement of the latencies of two studies on the networks that are in both. */
public final class LatencyComparison {
    private final List<LatencyAgreement> agreements;

    public LatencyComparison(List<LatencyRow> first, List<LatencyRow> second) {
        agreements = LatencyAgreement.of(first, second);
    }

    /** True where no network is in both. */
    public boolean isEmpty() {
        return agreements.isEmpty();
    }

    List<LatencyAgreement> agreements() {
        return agreements;
    }

    /** The same for programs, of two studies of which only latencies are known. */
    public ComparisonDocument document(String first, String second, List<String> notes) {
        return ComparisonDocument.ofLatency(first, second, agreements, notes);
    }

    public void print(Terminal terminal) {
        terminal.say(
                "Latency of the networks in both, as multiples of each pass's reference kernel (latency_relative):");
        new Grid<>(agreements)
                .words("runtime", row -> row.runtime().name().toLowerCase(Locale.ROOT))
                .words("device", LatencyAgreement::device)
                .number("batch", row -> String.valueOf(row.batchSize()))
                .number("networks", row -> String.valueOf(row.networks()))
                .number("second / first", row -> text("%.3f", row.ratio()))
                .number("median difference", row -> text("%.1f %%", 100 * row.medianDifference()))
                .number("largest", row -> text("%.1f %%", 100 * row.largestDifference()))
                .number(
                        "rank correlation",
                        row -> Double.isNaN(row.rankCorrelation()) ? "–" : text("%.3f", row.rankCorrelation()))
                .rest("largest for", LatencyAgreement::largestOf, terminal)
                .print(terminal, row -> false);
    }

    private static String text(String format, double value) {
        return String.format(Locale.ENGLISH, format, value);
    }
}
