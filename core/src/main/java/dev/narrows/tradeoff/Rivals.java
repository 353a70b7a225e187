package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variants that decide whether another one is on the Pareto front: those that are no worse in every objective but
 * quality. A variant on the front is of higher quality than all of its rivals; a variant off the front is not.
 */
final class Rivals {
    /** Most rivals of one variant, the best first; the others are further away than these. */
    private static final int MOST = 5;

    private final List<VariantSummary> measured;
    private final Set<VariantSummary> front;
    private final Map<String, double[]> losses = new HashMap<>();
    private final Differences differences;

    /** Number of objectives on quality: by another number than one, rivals differ in more or less than one thing. */
    private final long qualities;

    Rivals(
            List<VariantSummary> summaries,
            Set<VariantSummary> front,
            List<Objective> objectives,
            Measure quality,
            Differences differences) {
        this.front = front;
        this.differences = differences;
        qualities = objectives.stream()
                .filter(objective -> objective.measure().isQuality())
                .count();
        List<Criterion<VariantSummary>> costs = VariantSummary.criteria(objectives.stream()
                .filter(objective -> !objective.measure().isQuality())
                .toList());
        for (VariantSummary summary : summaries) {
            double[] own =
                    costs.stream().mapToDouble(cost -> cost.loss(summary)).toArray();
            if (ParetoFront.isMeasured(own) && !Double.isNaN(summary.measure(quality))) {
                losses.put(summary.id(), own);
            }
        }
        measured = summaries.stream()
                .filter(summary -> losses.containsKey(summary.id()))
                .sorted(Comparator.comparingDouble((VariantSummary summary) -> summary.measure(quality))
                        .reversed())
                .toList();
    }

    /**
     * The rivals of a variant, the best first. Off the front, those on it suffice: each variant off the front
     * has a better one there.
     */
    List<VariantSummary> of(VariantSummary variant) {
        double[] own = losses.get(variant.id());
        if (own == null) {
            return List.of();
        }
        boolean leads = front.contains(variant);
        return measured.stream()
                .filter(other -> !other.id().equals(variant.id()))
                .filter(other -> leads || front.contains(other))
                .filter(other -> isNoWorse(other, own))
                .limit(MOST)
                .toList();
    }

    /** True if only quality decides between two variants: one of them is no worse than the other in all costs. */
    boolean areRivals(VariantSummary one, VariantSummary other) {
        double[] ofOne = losses.get(one.id());
        double[] ofOther = losses.get(other.id());
        return ofOne != null && ofOther != null && (isNoWorse(ofOne, ofOther) || isNoWorse(ofOther, ofOne));
    }

    private boolean isNoWorse(VariantSummary one, double[] other) {
        double[] ofOne = losses.get(one.id());
        return ofOne != null && isNoWorse(ofOne, other);
    }

    private static boolean isNoWorse(double[] one, double[] other) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] > other[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The further seeds that would settle whether a variant is on the front: on it, until it is settled to be better
     * than every rival; off it, until one rival is settled to be better.
     */
    Settlement settlement(VariantSummary variant) {
        if (qualities != 1) {
            return Settlement.unknown(
                    qualities == 0
                            ? "the study chooses by no measure of quality"
                            : "the study chooses by %d measures of quality".formatted(qualities));
        }
        if (!losses.containsKey(variant.id())) {
            return Settlement.unknown("it lacks a measure that the study chooses by");
        }
        boolean leads = front.contains(variant);
        Optional<Settlement> decisive = Optional.empty();
        for (VariantSummary rival : of(variant)) {
            Settlement next = Settlement.of(differences.between(variant, rival));
            decisive = Optional.of(decisive.map(known -> leads ? later(known, next) : earlier(known, next))
                    .orElse(next));
        }
        return decisive.orElse(Settlement.SETTLED);
    }

    /** A rival, and the quality of a variant minus its own. */
    record Rival(VariantSummary variant, Difference difference) {}

    /**
     * The rivals by which the further seeds of {@link #settlement} are counted, the most decisive first: of a variant
     * on the front, all from which it does not differ for certain; of one off it, the rival that is settled first.
     */
    List<Rival> decisive(VariantSummary variant) {
        List<Rival> open = of(variant).stream()
                .map(rival -> new Rival(rival, differences.between(variant, rival)))
                .filter(rival -> !rival.difference().settled())
                .sorted(Comparator.comparingInt(Rivals::furtherSeeds))
                .toList();
        if (front.contains(variant)) {
            List<Rival> last = new ArrayList<>(open);
            Collections.reverse(last);
            return last;
        }
        return open.stream().limit(1).toList();
    }

    private static int furtherSeeds(Rival rival) {
        return Settlement.of(rival.difference()).furtherSeeds().orElse(Integer.MAX_VALUE);
    }

    private static Settlement later(Settlement one, Settlement other) {
        if (one.furtherSeeds().isEmpty() || other.furtherSeeds().isEmpty()) {
            return one.furtherSeeds().isEmpty() ? one : other;
        }
        return one.furtherSeeds().get() >= other.furtherSeeds().get() ? one : other;
    }

    private static Settlement earlier(Settlement one, Settlement other) {
        if (one.furtherSeeds().isEmpty() || other.furtherSeeds().isEmpty()) {
            return one.furtherSeeds().isEmpty() ? other : one;
        }
        return one.furtherSeeds().get() <= other.furtherSeeds().get() ? one : other;
    }
}
