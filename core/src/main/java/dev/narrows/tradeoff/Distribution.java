package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Empirical distribution of a family's errors: F(e) is the share of its variants with an error below e (Radosavovic et
 * al., 2019). It compares whole families instead of their best members.
 *
 * @param errors one per variant, 1 minus the mean validation accuracy over its seeds, in ascending order
 */
public record Distribution(String family, List<Double> errors) {
    public Distribution {
        errors = errors.stream().sorted().toList();
    }

    /** One distribution per family, in the order of first occurrence; variants without an accuracy do not count. */
    public static List<Distribution> of(List<VariantSummary> summaries) {
        Map<String, List<Double>> errors = new LinkedHashMap<>();
        for (VariantSummary summary : summaries) {
            if (!Double.isNaN(summary.accuracy())) {
                errors.computeIfAbsent(summary.family(), key -> new ArrayList<>())
                        .add(1 - summary.accuracy());
            }
        }
        return errors.entrySet().stream()
                .map(entry -> new Distribution(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The value of F at an error, 0 to 1. */
    public double below(double error) {
        return (double) errors.stream().filter(own -> own < error).count() / errors.size();
    }

    /** Quantile of the errors, for a share from 0 to 1: 0.5 for the median. */
    public double quantile(double share) {
        double[] sorted = errors.stream().mapToDouble(Double::doubleValue).toArray();
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return Arrays.stream(sorted).skip(Math.max(0, index)).findFirst().orElse(Double.NaN);
    }
}
