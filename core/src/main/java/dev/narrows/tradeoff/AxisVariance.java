package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sums of squares of values over the axes of a grid, as {@link Importance} defines them.
 *
 * @param total about the mean
 * @param parts of every axis, then of every pair of axes
 * @param shared part that axes explain only together
 * @param rest part that neither axes nor pairs explain
 * @param pairs false if pairs are part of the rest
 */
record AxisVariance(boolean balanced, double total, List<Part> parts, double shared, Part rest, boolean pairs) {
    /** Most columns of a fit; its time grows with their square. */
    private static final int MOST_COLUMNS = 200;

    /** Share of the total below which a sum of squares is an error of rounding. */
    private static final double ROUNDING = 1e-12;

    AxisVariance {
        parts = List.copyOf(parts);
    }

    /** Sum of squares of an axis or a pair. */
    record Part(List<Integer> axes, double squares, int degrees) {
        /** The most of it that noise of a variance explains. */
        double noise(double variance) {
            return Math.min(squares, degrees * variance);
        }
    }

    /**
     * Decomposition of values.
     *
     * @param levels of each axis, a number from 0 on for each value
     * @return empty if the values are equal, or the axes have too many levels for a fit
     */
    static Optional<AxisVariance> of(double[] values, int[][] levels) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(0);
        double[] centred = new double[values.length];
        double total = 0;
        double size = 0;
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - mean;
            total += centred[i] * centred[i];
            size += values[i] * values[i];
        }
        if (total <= ROUNDING * size) {
            return Optional.empty();
        }
        return isBalanced(levels, values.length)
                ? Optional.of(balanced(centred, levels, total))
                : fitted(centred, levels, total);
    }

    private static boolean isBalanced(int[][] levels, int values) {
        Map<List<Integer>, Integer> cells = new HashMap<>();
        long combinations = 1;
        for (int[] axis : levels) {
            combinations *= count(axis);
            if (combinations > values) {
                return false;
            }
        }
        for (int i = 0; i < values; i++) {
            int value = i;
            cells.merge(
                    IntStream.range(0, levels.length)
                            .mapToObj(a -> levels[a][value])
                            .toList(),
                    1,
                    Integer::sum);
        }
        return cells.size() == combinations
                && cells.values().stream().distinct().count() == 1;
    }

    private static int count(int[] axis) {
        return IntStream.of(axis).max().orElse(-1) + 1;
    }

    private static AxisVariance balanced(double[] values, int[][] levels, double total) {
        List<Part> parts = new ArrayList<>();
        double[] squares = new double[levels.length];
        for (int a = 0; a < levels.length; a++) {
            squares[a] = ofMeans(values, levels[a], count(levels[a]));
            parts.add(part(List.of(a), squares[a], count(levels[a]) - 1, total));
        }
        for (int a = 0; a < levels.length; a++) {
            for (int b = a + 1; b < levels.length; b++) {
                int[] one = levels[a];
                int[] other = levels[b];
                int many = count(other);
                int[] both = IntStream.range(0, values.length)
                        .map(i -> one[i] * many + other[i])
                        .toArray();
                parts.add(part(
                        List.of(a, b),
                        ofMeans(values, both, count(one) * many) - squares[a] - squares[b],
                        (count(one) - 1) * (many - 1),
                        total));
            }
        }
        return new AxisVariance(true, total, parts, 0, rest(values.length, parts, total), true);
    }

    /** Sum over values of the square of the mean of their level. */
    private static double ofMeans(double[] values, int[] levels, int count) {
        double[] sums = new double[count];
        int[] sizes = new int[count];
        for (int i = 0; i < values.length; i++) {
            sums[levels[i]] += values[i];
            sizes[levels[i]]++;
        }
        return IntStream.range(0, count)
                .filter(level -> sizes[level] > 0)
                .mapToDouble(level -> sums[level] * sums[level] / sizes[level])
                .sum();
    }

    private static Optional<AxisVariance> fitted(double[] values, int[][] levels, double total) {
        AxisFit fit = new AxisFit(values, levels);
        List<List<Integer>> axes =
                IntStream.range(0, levels.length).mapToObj(List::of).toList();
        List<List<Integer>> couples = new ArrayList<>();
        for (int a = 0; a < levels.length; a++) {
            for (int b = a + 1; b < levels.length; b++) {
                couples.add(List.of(a, b));
            }
        }
        if (fit.columns(axes) > MOST_COLUMNS) {
            return Optional.empty();
        }
        List<List<Integer>> all = new ArrayList<>(axes);
        all.addAll(couples);
        boolean pairs = fit.columns(all) <= MOST_COLUMNS;
        List<Part> parts = new ArrayList<>(added(fit, List.of(), axes, total));
        if (pairs) {
            parts.addAll(added(fit, axes, couples, total));
        }
        AxisFit.Explained most = fit.explained(pairs ? all : axes);
        double rest = Math.max(0, total - most.squares());
        double own = parts.stream().mapToDouble(Part::squares).sum();
        return Optional.of(new AxisVariance(
                false,
                total,
                parts,
                clean(total - rest - own, total),
                new Part(List.of(), clean(rest, total), values.length - 1 - most.degrees()),
                pairs));
    }

    /** Sum of squares that each term adds to a fit of the basis and the other terms. */
    private static List<Part> added(AxisFit fit, List<List<Integer>> basis, List<List<Integer>> terms, double total) {
        List<List<Integer>> all = new ArrayList<>(basis);
        all.addAll(terms);
        AxisFit.Explained whole = fit.explained(all);
        return terms.stream()
                .map(term -> {
                    List<List<Integer>> others = new ArrayList<>(all);
                    others.remove(term);
                    AxisFit.Explained without = fit.explained(others);
                    return part(term, whole.squares() - without.squares(), whole.degrees() - without.degrees(), total);
                })
                .toList();
    }

    private static Part part(List<Integer> axes, double squares, int degrees, double total) {
        return new Part(axes, Math.max(0, clean(squares, total)), degrees);
    }

    private static Part rest(int values, List<Part> parts, double total) {
        double explained = parts.stream().mapToDouble(Part::squares).sum();
        int degrees = parts.stream().mapToInt(Part::degrees).sum();
        return new Part(List.of(), Math.max(0, clean(total - explained, total)), Math.max(0, values - 1 - degrees));
    }

    private static double clean(double squares, double total) {
        return Math.abs(squares) <= ROUNDING * total ? 0 : squares;
    }
}
