package dev.narrows.search;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The choices of training settings, such as learning rates, with which a further variant is worth training.
 *
 * <p>A variant counts by the best of its choices. Without some of them it loses what the best of these is better than
 * the best of the others, if it is. The mean of this over the variants that were trained with every choice is what a
 * further one is expected to lose; it is taken as if one more variant had lost the whole tolerance, so that a few
 * variants rule nothing out. The least useful choice is given up first, and the next ones, while the expected loss is
 * at most a fifth of the tolerance.
 */
final class Choices {
    /** Share of the tolerance that a variant may be expected to lose. */
    private static final double LOSS = 0.2;

    /** Variants of a family below which all families together tell what is worth training. */
    private static final int OF_A_FAMILY = 4;

    private final int count;
    private final double tolerance;
    private final List<Trained> trained;

    /**
     * A variant that was trained with every choice.
     *
     * @param qualities by choice; NaN where its trial ended without one
     */
    record Trained(String family, List<Double> qualities) {
        private double best(Set<Integer> of) {
            return of.stream()
                    .mapToDouble(qualities::get)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(Double.NEGATIVE_INFINITY);
        }
    }

    /** @param count number of choices */
    Choices(int count, double tolerance, List<Trained> trained) {
        this.count = count;
        this.tolerance = tolerance;
        this.trained = trained.stream()
                .filter(one -> one.qualities().stream().anyMatch(Double::isFinite))
                .toList();
    }

    /** All of so many choices. */
    static Set<Integer> all(int count) {
        return new TreeSet<>(IntStream.range(0, count).boxed().toList());
    }

    /** The choices that are worth training a variant of a family with, at least one. */
    Set<Integer> worth(String family) {
        List<Trained> own =
                trained.stream().filter(one -> one.family().equals(family)).toList();
        List<Trained> telling = own.size() >= OF_A_FAMILY ? own : trained;
        Set<Integer> kept = all(count);
        while (kept.size() > 1) {
            Set<Integer> best = kept;
            double least = Double.POSITIVE_INFINITY;
            for (int choice : kept) {
                Set<Integer> others = new TreeSet<>(kept);
                others.remove(choice);
                double loss = expectedLoss(others, telling);
                if (loss < least) {
                    best = others;
                    least = loss;
                }
            }
            if (!(least <= LOSS * tolerance)) {
                return kept;
            }
            kept = best;
        }
        return kept;
    }

    private double expectedLoss(Set<Integer> kept, List<Trained> telling) {
        Set<Integer> all = all(count);
        double sum = tolerance;
        for (Trained one : telling) {
            sum += one.best(all) - one.best(kept);
        }
        return sum / (telling.size() + 1);
    }
}
