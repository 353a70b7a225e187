package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The candidates that no other dominates: another one dominates if it is no worse by any criterion and better by one.
 *
 * <p>Of candidates that are equal by every criterion none dominates, so all of them are on the front or none is. One
 * that lacks a measure is never on it, and dominates nobody.
 */
public final class ParetoFront {
    private ParetoFront() {}

    /**
     * The front, in the order of the candidates.
     *
     * @throws IllegalArgumentException where there is no criterion
     */
    public static <T> List<T> of(List<T> candidates, List<Criterion<T>> criteria) {
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException("Cannot find a Pareto front: there is no criterion");
        }
        List<Point<T>> points = new ArrayList<>(candidates.size());
        for (T candidate : candidates) {
            double[] losses =
                    criteria.stream().mapToDouble(c -> c.loss(candidate)).toArray();
            if (Arrays.stream(losses).noneMatch(Double::isNaN)) {
                points.add(new Point<>(candidate, losses));
            }
        }
        // Once sorted by the first criterion, then the second and so on, a point can be dominated by earlier ones only.
        points.sort(Comparator.comparing(point -> point.losses, Arrays::compare));
        List<Point<T>> front = criteria.size() <= 2 ? sweep(points) : sift(points);

        Set<T> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        front.forEach(point -> chosen.add(point.candidate));
        return candidates.stream().filter(chosen::contains).toList();
    }

    /** One or two criteria: the second loss has to fall from each point of the front to the next; O(n log n) with the sort. */
    private static <T> List<Point<T>> sweep(List<Point<T>> sorted) {
        List<Point<T>> front = new ArrayList<>();
        for (Point<T> point : sorted) {
            if (front.isEmpty()) {
                front.add(point);
                continue;
            }
            double[] last = front.get(front.size() - 1).losses;
            double[] losses = point.losses;
            boolean equal = Arrays.equals(last, losses);
            boolean lower = losses.length == 2 && losses[1] < last[1];
            if (equal || lower) {
                front.add(point);
            }
        }
        return front;
    }

    /** Three criteria and more: each point against the front so far; O(n·f) for a front of f. */
    private static <T> List<Point<T>> sift(List<Point<T>> sorted) {
        List<Point<T>> front = new ArrayList<>();
        for (Point<T> point : sorted) {
            if (front.stream().noneMatch(other -> dominates(other.losses, point.losses))) {
                front.add(point);
            }
        }
        return front;
    }

    private static boolean dominates(double[] one, double[] other) {
        boolean better = false;
        for (int i = 0; i < one.length; i++) {
            if (one[i] > other[i]) {
                return false;
            }
            better |= one[i] < other[i];
        }
        return better;
    }

    private static final class Point<T> {
        final T candidate;
        final double[] losses;

        Point(T candidate, double[] losses) {
            this.candidate = candidate;
            this.losses = losses;
        }
    }
}
