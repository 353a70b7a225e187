package dev.narrows.tradeoff.answer;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Amounts;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sentences that qualify the others: what is open in all, noisy latencies, trials that have not ended. */
final class Reservations {
    private Reservations() {}

    static List<Sentence> withoutResults(StudyResults results) {
        List<Sentence> sentences = new ArrayList<>();
        sentences.add(note("There is no answer yet: no trial has a result."));
        missing(results).ifPresent(sentences::add);
        return sentences;
    }

    static List<Sentence> of(Grounds grounds, List<Sentence> compared) {
        List<Sentence> sentences = new ArrayList<>();
        open(compared).ifPresent(sentences::add);
        sentences.addAll(withoutInterval(compared));
        if (grounds.results().objectives().stream().map(Objective::measure).anyMatch(Measure::isLatency)
                || grounds.results().study().stream()
                        .flatMap(study -> study.constraints().stream())
                        .anyMatch(constraint -> constraint.measure().isLatency())) {
            latency(grounds.summaries()).ifPresent(sentences::add);
        }
        SearchSentence.of(grounds.results()).ifPresent(words -> sentences.add(note(words)));
        missing(grounds.results()).ifPresent(sentences::add);
        return sentences;
    }

    private static Sentence note(String words) {
        return Sentence.of(Subject.RESERVATION, Standing.STATED, words);
    }

    /** Counts of settled and open differences, and what would settle the open ones. */
    private static Optional<Sentence> open(List<Sentence> compared) {
        List<Comparison> comparisons = compared.stream()
                .flatMap(sentence -> sentence.comparison().stream())
                .toList();
        List<Comparison> open = comparisons.stream()
                .filter(comparison -> comparison.standing() == Standing.OPEN)
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> further = open.stream()
                .map(Comparison::settlement)
                .flatMap(settlement -> settlement.furtherSeeds().stream())
                .sorted()
                .toList();
        int beyond = open.size() - further.size();
        String seeds = further.isEmpty()
                ? ""
                : " %s more %s of each variant would settle %s%s."
                        .formatted(
                                further.get(further.size() - 1),
                                further.get(further.size() - 1) == 1 ? "seed" : "seeds",
                                further.size() == open.size()
                                        ? open.size() == 1 ? "it" : "them"
                                        : "%d of them".formatted(further.size()),
                                further.size() > 1 && !further.get(0).equals(further.get(further.size() - 1))
                                        ? ", and %d the first".formatted(further.get(0))
                                        : "");
        String images = beyond == 0
                ? ""
                : " For %s the validation images are the limit, or the difference is too small for any number of seeds."
                        .formatted(beyond == open.size() ? open.size() == 1 ? "it" : "them" : beyond + " of them");
        return Optional.of(note("%d of %s %s open.%s%s"
                .formatted(
                        open.size(),
                        Amounts.counted(comparisons.size(), "difference"),
                        open.size() == 1 ? "is" : "are",
                        seeds,
                        images)));
    }

    /** Reasons of missing intervals, and what would give one. */
    private static List<Sentence> withoutInterval(List<Sentence> compared) {
        Map<String, List<Comparison>> reasons = compared.stream()
                .flatMap(sentence -> sentence.comparison().stream())
                .filter(comparison -> comparison.standing() == Standing.UNKNOWN)
                .collect(Collectors.groupingBy(
                        comparison -> comparison.quality().reason().orElse(""),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return reasons.entrySet().stream()
                .map(entry -> note("%s no interval: %s.%s"
                        .formatted(
                                entry.getValue().size() == 1
                                        ? "1 difference has"
                                        : "%,d differences have"
                                                .formatted(entry.getValue().size()),
                                entry.getKey(),
                                entry.getValue().stream()
                                                .allMatch(comparison -> comparison
                                                                        .quality()
                                                                        .seeds()
                                                                == 1
                                                        && comparison.quality().images() > 0)
                                        ? " A second seed of each variant gives one."
                                        : "")))
                .toList();
    }

    private static Optional<Sentence> latency(List<VariantSummary> summaries) {
        List<VariantSummary> probed = summaries.stream()
                .filter(summary -> summary.probe(Measure.LATENCY_P50_US).isPresent())
                .toList();
        long unstable = probed.stream()
                .filter(summary -> summary.isUnstable(Measure.LATENCY_P50_US))
                .count();
        if (unstable == 0) {
            return Optional.empty();
        }
        return Optional.of(note("%d of %s %s unstable, because the host was busy with other work.%s"
                .formatted(
                        unstable,
                        probed.size() == 1 ? "1 latency" : "%,d latencies".formatted(probed.size()),
                        unstable == 1 ? "is" : "are",
                        VariantSummary.comparedByReference(probed)
                                ? " Variants are compared by latency_relative, the 10th percentile by that"
                                        + " of a reference network; differences within its interval count as ties."
                                : " Differences within their intervals count as ties.")));
    }

    private static Optional<Sentence> missing(StudyResults results) {
        int missing = results.size() - results.trials().size();
        return missing > 0 && !results.trials().isEmpty()
                ? Optional.of(Sentence.of(
                        Subject.PROGRESS,
                        Standing.STATED,
                        "%s not ended; %s may change this."
                                .formatted(
                                        missing == 1 ? "1 trial has" : "%,d trials have".formatted(missing),
                                        missing == 1 ? "its result" : "their results")))
                : Optional.empty();
    }
}
