package dev.narrows.benchmarks.forms;

import java.util.List;

/**
 * Speed with a rule over the speed without, of one network.
 *
 * @param median of the rounds
 * @param lower quartile of the rounds
 * @param upper quartile of the rounds
 */
record Figure(String network, Comparison comparison, double median, double lower, double upper) {
    /** Medians nearer to 1 are taken for noise. */
    private static final double NOISE = 0.02;

    private static final double MIDDLE = 0.5;
    private static final double QUARTER = 0.25;

    static Figure of(String network, Comparison comparison, List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        return new Figure(
                network,
                comparison,
                quantile(sorted, MIDDLE),
                quantile(sorted, QUARTER),
                quantile(sorted, 1 - QUARTER));
    }

    private static double quantile(List<Double> sorted, double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** True where the middle half of the rounds is faster with the rule, and by more than noise. */
    boolean faster() {
        return lower > 1 && median > 1 + NOISE;
    }

    /** True where the middle half of the rounds is slower with the rule, and by more than noise. */
    boolean slower() {
        return upper < 1 && median < 1 - NOISE;
    }
}
