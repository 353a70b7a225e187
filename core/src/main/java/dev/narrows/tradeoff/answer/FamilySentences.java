package dev.narrows.tradeoff.answer;

import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sentences that compare two families at equal cost, over pairs of variants of nearly equal cost. */
final class FamilySentences {
    /** Up to so many families, each is compared with each; of more, each with the family of the best variant. */
    private static final int ALL_PAIRS = 3;

    private static final String SUBJECT = "families";

    private FamilySentences() {}

    /** Two families to be compared. */
    record Families(String of, String against) {}

    static List<Families> pairs(Grounds grounds) {
        List<String> families = List.copyOf(grounds.families().keySet());
        List<Families> pairs = new ArrayList<>();
        if (families.size() <= ALL_PAIRS) {
            for (int i = 0; i < families.size(); i++) {
                for (int j = i + 1; j < families.size(); j++) {
                    pairs.add(new Families(families.get(i), families.get(j)));
                }
            }
            return pairs;
        }
        String leading = grounds.summaries().stream()
                .max(Comparator.comparingDouble(summary -> summary.measure(grounds.quality())))
                .map(VariantSummary::family)
                .orElseThrow();
        families.stream()
                .filter(family -> !family.equals(leading))
                .forEach(family -> pairs.add(new Families(leading, family)));
        return pairs;
    }

    static Sentence of(Grounds grounds, Families families) {
        List<VariantSummary> ones = grounds.families().getOrDefault(families.of(), List.of());
        List<VariantSummary> others = grounds.families().getOrDefault(families.against(), List.of());
        List<Certainty.Pair> pairs = CostMatch.pairs(ones, others, grounds.cost());
        if (pairs.isEmpty()) {
            return Sentence.of(
                    Subject.FAMILIES,
                    Standing.UNKNOWN,
                    ("%s and %s cannot be compared at equal cost: no variant of one is within %.0f %% of"
                                    + " the %s of one of the other.")
                            .formatted(
                                    families.of(),
                                    families.against(),
                                    100 * CostMatch.TOLERANCE,
                                    grounds.cost().label()));
        }
        Comparison comparison = grounds.comparison(SUBJECT, families.of(), families.against(), pairs);
        if (comparison.quality().value() < 0) {
            // The better family is named first.
            comparison = grounds.comparison(
                    SUBJECT,
                    families.against(),
                    families.of(),
                    pairs.stream()
                            .map(pair -> new Certainty.Pair(pair.against(), pair.of()))
                            .toList());
        }
        return Sentence.of(
                Subject.FAMILIES,
                comparison,
                "%s %s: %s.%s"
                        .formatted(
                                Phrases.verdict(comparison),
                                Phrases.matchedCosts(comparison, grounds.cost()),
                                Phrases.figures(comparison, grounds.quality()),
                                Phrases.settling(comparison)));
    }
}
