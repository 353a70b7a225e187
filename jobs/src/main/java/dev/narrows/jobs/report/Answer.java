package dev.narrows.jobs.report;

import dev.narrows.jobs.report.Page.Sentence;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.List;

/** What the figures support, in words. */
final class Answer {
    private Answer() {}

    static List<Sentence> of(Material material, List<VariantSummary> summaries, Figures figures) {
        List<Sentence> sentences = new ArrayList<>();
        return sentences;
    }
}
