package dev.narrows.search;

import java.util.List;

/**
 * One property of all candidates as coordinates, which share a length scale. Their variances add up to one, and a
 * candidate without the property is at 0, the mean.
 */
final class FeatureGroup {
    private final String name;
    private final double[][] coordinates;

    FeatureGroup(String name, double[][] coordinates) {
        this.name = name;
        this.coordinates = coordinates;
    }

    String name() {
        return name;
    }

    double[][] coordinates() {
        return coordinates;
    }

    /** Makes mean 0 and a total variance of 1 of raw coordinates, NaN where a candidate has none. */
    static FeatureGroup standardised(String name, double[][] raw) {
        int width = raw[0].length;
        double[][] centred = new double[raw.length][width];
        double total = 0;
        for (int c = 0; c < width; c++) {
            double sum = 0;
            int known = 0;
            for (double[] row : raw) {
                if (!Double.isNaN(row[c])) {
                    sum += row[c];
                    known++;
                }
            }
            double mean = known == 0 ? 0 : sum / known;
            double squares = 0;
            for (int i = 0; i < raw.length; i++) {
                centred[i][c] = Double.isNaN(raw[i][c]) ? 0 : raw[i][c] - mean;
                squares += centred[i][c] * centred[i][c];
            }
            total += squares / Math.max(1, known);
        }
        double scale = total < 1e-18 ? 0 : 1 / Math.sqrt(total);
        for (double[] row : centred) {
            for (int c = 0; c < width; c++) {
                row[c] *= scale;
            }
        }
        return new FeatureGroup(name, centred);
    }

    /** One coordinate for each category, 1 where the candidate is of it. */
    static FeatureGroup ofCategories(String name, List<String> categories) {
        List<String> distinct = categories.stream().distinct().sorted().toList();
        double[][] raw = new double[categories.size()][distinct.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i][distinct.indexOf(categories.get(i))] = 1;
        }
        return standardised(name, raw);
    }

    /** True where it tells candidates apart. */
    boolean varies() {
        for (double[] row : coordinates) {
            for (double coordinate : row) {
                if (coordinate != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    double squaredDistance(int one, int other) {
        double sum = 0;
        for (int c = 0; c < coordinates[one].length; c++) {
            double difference = coordinates[one][c] - coordinates[other][c];
            sum += difference * difference;
        }
        return sum;
    }

    double product(int one, int other) {
        double sum = 0;
        for (int c = 0; c < coordinates[one].length; c++) {
            sum += coordinates[one][c] * coordinates[other][c];
        }
        return sum;
    }
}
