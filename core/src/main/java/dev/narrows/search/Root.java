package dev.narrows.search;

import java.util.Arrays;

/** The lower triangular root of a covariance matrix (Cholesky), with the little that keeps it definite. */
final class Root {
    private final double[][] lower;

    Root(double[][] lower) {
        this.lower = lower;
    }

    double[][] lower() {
        return lower;
    }

    private static final double JITTER = 1e-10;
    private static final int TRIES = 8;

    /**
     * The root of a symmetric matrix, which may be semidefinite.
     *
     * @throws IllegalArgumentException where it is not even that
     */
    static Root of(double[][] matrix) {
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        double jitter = 0;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double[][] lower = tried(matrix, jitter);
            if (lower.length == matrix.length) {
                return new Root(lower);
            }
            jitter = jitter == 0 ? JITTER * Math.max(trace / matrix.length, Double.MIN_NORMAL) : 10 * jitter;
        }
        throw new IllegalArgumentException(
                "Cannot take the root of a covariance of %d variants: it is not positive".formatted(matrix.length));
    }

    /** Rows of the root; fewer than the matrix has where it is not positive definite. */
    private static double[][] tried(double[][] matrix, double jitter) {
        int size = matrix.length;
        double[][] lower = new double[size][];
        for (int i = 0; i < size; i++) {
            double[] row = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double[] other = j == i ? row : lower[j];
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= row[k] * other[k];
                }
                if (j < i) {
                    row[j] = rest / other[j];
                } else if (rest + jitter > 0) {
                    row[i] = Math.sqrt(rest + jitter);
                } else {
                    return Arrays.copyOf(lower, i);
                }
            }
            lower[i] = row;
        }
        return lower;
    }

    int size() {
        return lower.length;
    }

    /** Logarithm of the product of the diagonal. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += Math.log(lower[i][i]);
        }
        return sum;
    }

    /** The vector whose product with the root is this one. */
    double[] solved(double[] vector) {
        double[] solution = new double[lower.length];
        for (int i = 0; i < solution.length; i++) {
            double rest = vector[i];
            double[] row = lower[i];
            for (int j = 0; j < i; j++) {
                rest -= row[j] * solution[j];
            }
            solution[i] = rest / row[i];
        }
        return solution;
    }

    /** The inverse of the matrix that this is the root of. */
    double[][] inverse() {
        int size = lower.length;
        double[][] halves = new double[size][];
        for (int c = 0; c < size; c++) {
            double[] unit = new double[size];
            unit[c] = 1;
            halves[c] = solved(unit);
        }
        double[][] inverse = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < size; k++) {
                    sum += halves[i][k] * halves[j][k];
                }
                inverse[i][j] = sum;
                inverse[j][i] = sum;
            }
        }
        return inverse;
    }
}
