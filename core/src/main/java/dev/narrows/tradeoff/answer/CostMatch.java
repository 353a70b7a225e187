package dev.narrows.tradeoff.answer;

import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pairs of variants of nearly equal cost. Each variant is in one pair at most; the nearest are paired first. */
final class CostMatch {
    /** Largest difference in cost, as a share. */
    static final double TOLERANCE = 0.1;

    private CostMatch() {}

    /** True if two costs of this quotient are nearly equal. */
    static boolean isNear(double factor) {
        return Math.abs(Math.log(factor)) <= Math.log1p(TOLERANCE);
    }

    private record Candidate(VariantSummary of, VariantSummary against, double distance) {}

    static List<Certainty.Pair> pairs(List<VariantSummary> of, List<VariantSummary> against, Measure cost) {
        List<Candidate> candidates = new ArrayList<>();
        for (VariantSummary one : of) {
            for (VariantSummary other : against) {
                double factor = one.measure(cost) / other.measure(cost);
                if (isNear(factor) && one.count().equals(other.count())) {
                    candidates.add(new Candidate(one, other, Math.abs(Math.log(factor))));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::distance));
        Set<String> taken = new HashSet<>();
        List<Certainty.Pair> pairs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!taken.contains(candidate.of.id()) && !taken.contains(candidate.against.id())) {
                taken.add(candidate.of.id());
                taken.add(candidate.against.id());
                pairs.add(new Certainty.Pair(candidate.of, candidate.against));
            }
        }
        return pairs;
    }
}
