package dev.narrows.search;

import java.util.List;

/**
 * Prior covariance of the qualities of two variants: a constant, a line in the costs and one in the knobs, and a smooth
 * function of everything (Matérn 5/2).
 */
final class Kernel {
    /** Variance of the mean of all variants, which the mean of the trained ones tells well. */
    private static final double CONSTANT = 1;

    private static final double ROOT_5 = Math.sqrt(5);

    private final double[][][] distances;
    private final double[][] costProducts;
    private final double[][] knobProducts;

    /** Distances between some candidates and others, which any scales then turn into covariances. */
    Kernel(SearchFeatures features, int[] rows, int[] columns) {
        List<FeatureGroup> groups = features.all();
        distances = new double[groups.size()][][];
        for (int g = 0; g < distances.length; g++) {
            FeatureGroup group = groups.get(g);
            distances[g] = matrix(rows, columns, group::squaredDistance);
        }
        costProducts = matrix(rows, columns, (i, j) -> product(features.costs(), i, j));
        knobProducts = matrix(rows, columns, (i, j) -> product(features.knobs(), i, j));
    }

    private interface Entry {
        double of(int row, int column);
    }

    private static double[][] matrix(int[] rows, int[] columns, Entry entry) {
        double[][] matrix = new double[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                matrix[i][j] = entry.of(rows[i], columns[j]);
            }
        }
        return matrix;
    }

    private static double product(List<FeatureGroup> groups, int one, int other) {
        double sum = 0;
        for (FeatureGroup group : groups) {
            sum += group.product(one, other);
        }
        return groups.isEmpty() ? 0 : sum / groups.size();
    }

    double[][] covariances(Scales scales) {
        double[] weights = new double[distances.length];
        for (int g = 0; g < weights.length; g++) {
            weights[g] = 1 / (scales.lengths()[g] * scales.lengths()[g]);
        }
        double[][] covariances = new double[costProducts.length][];
        for (int i = 0; i < covariances.length; i++) {
            double[] row = new double[costProducts[i].length];
            for (int g = 0; g < weights.length; g++) {
                double[] own = distances[g][i];
                for (int j = 0; j < row.length; j++) {
                    row[j] += weights[g] * own[j];
                }
            }
            for (int j = 0; j < row.length; j++) {
                double distance = ROOT_5 * Math.sqrt(row[j]);
                row[j] = CONSTANT
                        + scales.costLines() * costProducts[i][j]
                        + scales.knobLines() * knobProducts[i][j]
                        + scales.smooth() * (1 + distance + distance * distance / 3) * Math.exp(-distance);
            }
            covariances[i] = row;
        }
        return covariances;
    }
}
