package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Least-squares fits of centred values by indicators of the levels of axes and of pairs of axes. */
final class AxisFit {
    /** Share of a column's square beyond the earlier columns below which it is one of their combinations. */
    private static final double DEPENDENT = 1e-9;

    private final double[] values;
    private final int[][] levels;
    private final Map<List<Integer>, List<double[]>> columns = new HashMap<>();

    AxisFit(double[] values, int[][] levels) {
        this.values = values;
        this.levels = levels;
    }

    /** Sum of squares that a fit explains, with its degrees of freedom beside the constant. */
    record Explained(double squares, int degrees) {}

    /** Number of columns of a fit. */
    int columns(List<List<Integer>> terms) {
        return terms.stream()
                .mapToInt(term -> term.stream()
                        .mapToInt(axis -> IntStream.of(levels[axis]).max().orElse(0))
                        .reduce(1, (one, other) -> (int) Math.min((long) one * other, Integer.MAX_VALUE / 4)))
                .reduce(0, (one, other) -> (int) Math.min((long) one + other, Integer.MAX_VALUE / 4));
    }

    /** Fits terms, each of one axis or two, by orthogonal columns. */
    Explained explained(List<List<Integer>> terms) {
        List<double[]> basis = new ArrayList<>();
        double squares = 0;
        for (List<Integer> term : terms) {
            for (double[] column : columns.computeIfAbsent(term, this::indicators)) {
                double[] rest = column.clone();
                double before = dot(rest, rest);
                // Twice, because one pass leaves errors of rounding.
                for (int pass = 0; pass < 2; pass++) {
                    for (double[] earlier : basis) {
                        subtract(rest, dot(rest, earlier), earlier);
                    }
                }
                double size = dot(rest, rest);
                if (size > DEPENDENT * before) {
                    double length = Math.sqrt(size);
                    for (int i = 0; i < rest.length; i++) {
                        rest[i] /= length;
                    }
                    basis.add(rest);
                    squares += Math.pow(dot(rest, values), 2);
                }
            }
        }
        return new Explained(squares, basis.size());
    }

    /** Centred indicators of all levels but the first; of a pair, products of those of its axes. */
    private List<double[]> indicators(List<Integer> term) {
        List<double[]> found = List.of(ones());
        for (int axis : term) {
            List<double[]> products = new ArrayList<>();
            int count = IntStream.of(levels[axis]).max().orElse(0);
            for (double[] earlier : found) {
                for (int level = 1; level <= count; level++) {
                    double[] column = earlier.clone();
                    for (int i = 0; i < column.length; i++) {
                        column[i] *= levels[axis][i] == level ? 1 : 0;
                    }
                    products.add(column);
                }
            }
            found = products;
        }
        found.forEach(AxisFit::centre);
        return found.stream().filter(column -> dot(column, column) > 0).toList();
    }

    private double[] ones() {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void centre(double[] column) {
        double mean = IntStream.range(0, column.length)
                .mapToDouble(i -> column[i])
                .average()
                .orElse(0);
        for (int i = 0; i < column.length; i++) {
            column[i] -= mean;
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void subtract(double[] from, double times, double[] other) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= times * other[i];
        }
    }
}
