package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The candidates that no other dominates: one dominates another if it is no worse in any criterion and better in one.
 *
 * <p>Candidates that are equal in every criterion do not dominate each other, so all of them are on the front or none
 * is. A candidate that lacks a measure is never on the front and dominates none.
 */
public final class ParetoFront {
    private ParetoFront() {}

    /**
     * The front, in the order of the candidates.
     *
     * @throws IllegalArgumentException if there is no criterion
     */
    public static <T> List<T> of(List<T> candidates, List<Criterion<T>> criteria) {
        List<double[]> losses = losses(candidates, criteria);
        BitSet front = of(losses);
        List<T> chosen = new ArrayList<>(front.cardinality());
        int index = 0;
        for (T candidate : candidates) {
            if (front.get(index++)) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    /**
     * Loss of each candidate in each criterion, in their orders: less is better.
     *
     * @throws IllegalArgumentException if there is no criterion
     */
    static <T> List<double[]> losses(List<T> candidates, List<Criterion<T>> criteria) {
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException("Cannot find a Pareto front: there is no criterion");
        }
        List<double[]> losses = new ArrayList<>(candidates.size());
        for (T candidate : candidates) {
            double[] own = new double[criteria.size()];
            for (int c = 0; c < own.length; c++) {
                own[c] = criteria.get(c).loss(candidate);
            }
            losses.add(own);
        }
        return losses;
    }

    static boolean isMeasured(double[] losses) {
        return Arrays.stream(losses).noneMatch(Double::isNaN);
    }

    /** Indices of the points on the front. */
    static BitSet of(List<double[]> losses) {
        List<Point> points = new ArrayList<>(losses.size());
        for (int i = 0; i < losses.size(); i++) {
            if (isMeasured(losses.get(i))) {
                points.add(new Point(i, losses.get(i)));
            }
        }
        // In lexicographic order, only earlier points can dominate a point.
        points.sort((one, other) -> Arrays.compare(one.losses, other.losses));
        int criteria = points.isEmpty() ? 0 : points.get(0).losses.length;
        Sieve sieve = criteria <= 2 ? new Sweep() : criteria == 3 ? new Staircase() : new Sift();
        BitSet front = new BitSet();
        Point last = null;
        boolean kept = false;
        for (Point point : points) {
            if (last == null || !Arrays.equals(last.losses, point.losses)) {
                kept = sieve.keeps(point.losses);
            }
            front.set(point.index, kept);
            last = point;
        }
        return front;
    }

    /** Receives points in ascending order, no two of them equal, and keeps those that no earlier one dominates. */
    private interface Sieve {
        boolean keeps(double[] losses);
    }

    /** One or two criteria: the second loss falls from each point of the front to the next. */
    private static final class Sweep implements Sieve {
        private double lowest = Double.POSITIVE_INFINITY;
        private boolean any;

        @Override
        public boolean keeps(double[] losses) {
            boolean kept = !any || (losses.length == 2 && losses[1] < lowest);
            if (kept && losses.length == 2) {
                lowest = losses[1];
            }
            any = true;
            return kept;
        }
    }

    /**
     * Three criteria: the front so far in the second and third, whose third loss falls as the second rises; O(log n)
     * per point.
     */
    private static final class Staircase implements Sieve {
        private final TreeMap<Double, Double> steps = new TreeMap<>();

        @Override
        public boolean keeps(double[] losses) {
            Map.Entry<Double, Double> before = steps.floorEntry(losses[1]);
            if (before != null && before.getValue() <= losses[2]) {
                return false;
            }
            Map.Entry<Double, Double> next = steps.ceilingEntry(losses[1]);
            while (next != null && next.getValue() >= losses[2]) {
                steps.remove(next.getKey());
                next = steps.ceilingEntry(losses[1]);
            }
            steps.put(losses[1], losses[2]);
            return true;
        }
    }

    /**
     * Four criteria and more: each point against the front so far, recent dominators first; O(n·f) at worst for a front
     * of f, and far less if a few points dominate most others.
     */
    private static final class Sift implements Sieve {
        private final List<double[]> front = new ArrayList<>();

        @Override
        public boolean keeps(double[] losses) {
            for (int i = 0; i < front.size(); i++) {
                if (isNoWorse(front.get(i), losses)) {
                    double[] dominator = front.get(i);
                    front.set(i, front.get(i / 2));
                    front.set(i / 2, dominator);
                    return false;
                }
            }
            front.add(losses);
            return true;
        }

        private static boolean isNoWorse(double[] one, double[] other) {
            for (int i = 0; i < one.length; i++) {
                if (one[i] > other[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Point {
        final int index;
        final double[] losses;

        Point(int index, double[] losses) {
            this.index = index;
            this.losses = losses;
        }
    }
}
