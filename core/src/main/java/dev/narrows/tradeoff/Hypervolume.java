package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Normalised hypervolume of a front: the share of the box between the best and the worst values that its variants
 * dominate.
 *
 * <p>Computation is exact: a sweep for two criteria, slices for more (WFG; While, Bradstreet and Barone, 2012), which
 * is practical for hundreds of points in three criteria and tens in five.
 */
public final class Hypervolume {
    private Hypervolume() {}

    /**
     * Hypervolume of candidates in the box from the best to the worst measured value of each criterion, 0 to 1. A
     * criterion with equal values for all candidates does not count; the result is 1 if that holds for all criteria.
     *
     * @throws IllegalArgumentException if there is no criterion
     */
    public static <T> double of(List<T> candidates, List<Criterion<T>> criteria) {
        List<double[]> losses = ParetoFront.losses(candidates, criteria).stream()
                .filter(ParetoFront::isMeasured)
                .toList();
        if (losses.isEmpty()) {
            return 0;
        }
        double[] best = losses.get(0).clone();
        double[] worst = losses.get(0).clone();
        for (double[] loss : losses) {
            for (int c = 0; c < loss.length; c++) {
                best[c] = Math.min(best[c], loss[c]);
                worst[c] = Math.max(worst[c], loss[c]);
            }
        }
        int[] roomy =
                IntStream.range(0, best.length).filter(c -> worst[c] > best[c]).toArray();
        if (roomy.length == 0) {
            return 1;
        }
        List<double[]> scaled = losses.stream()
                .map(loss -> Arrays.stream(roomy)
                        .mapToDouble(c -> (loss[c] - best[c]) / (worst[c] - best[c]))
                        .toArray())
                .toList();
        double[] corner = new double[roomy.length];
        Arrays.fill(corner, 1);
        return below(scaled, corner);
    }

    /**
     * The volume that points dominate below a reference point; less is better in each coordinate.
     *
     * @param points of the reference's length; points not below it in every coordinate add nothing
     */
    public static double below(List<double[]> points, double[] reference) {
        List<double[]> front = nondominated(points.stream()
                .filter(point -> IntStream.range(0, reference.length).allMatch(c -> point[c] < reference[c]))
                .toList());
        return reference.length <= 2 ? sweep(front, reference) : slices(front, reference);
    }

    private static List<double[]> nondominated(List<double[]> points) {
        return ParetoFront.of(points).stream().mapToObj(points::get).toList();
    }

    /** Sweeps by the first coordinate: each point adds a rectangle below the one before. */
    private static double sweep(List<double[]> front, double[] reference) {
        if (reference.length == 1) {
            return front.stream().mapToDouble(p -> reference[0] - p[0]).max().orElse(0);
        }
        double volume = 0;
        double ceiling = reference[1];
        for (double[] point : front.stream()
                .sorted(Comparator.comparingDouble((double[] p) -> p[0]).thenComparingDouble(p -> p[1]))
                .toList()) {
            if (point[1] < ceiling) {
                volume += (reference[0] - point[0]) * (ceiling - point[1]);
                ceiling = point[1];
            }
        }
        return volume;
    }

    /** Adds, from the worst point in the last coordinate, the volume that each dominates exclusively. */
    private static double slices(List<double[]> front, double[] reference) {
        int last = reference.length - 1;
        List<double[]> sorted = new ArrayList<>(front);
        sorted.sort(Comparator.comparingDouble((double[] p) -> p[last]).reversed());
        double volume = 0;
        for (int i = 0; i < sorted.size(); i++) {
            volume += exclusive(sorted, i, reference);
        }
        return volume;
    }

    private static double exclusive(List<double[]> sorted, int index, double[] reference) {
        double[] point = sorted.get(index);
        double alone = 1;
        for (int c = 0; c < reference.length; c++) {
            alone *= reference[c] - point[c];
        }
        List<double[]> shared = new ArrayList<>();
        for (double[] other : sorted.subList(index + 1, sorted.size())) {
            double[] worse = new double[reference.length];
            for (int c = 0; c < worse.length; c++) {
                worse[c] = Math.max(point[c], other[c]);
            }
            shared.add(worse);
        }
        // This point is the worst in the last coordinate, so all shared points have its value there, and it drops out.
        int last = reference.length - 1;
        double[] floor = Arrays.copyOf(reference, last);
        List<double[]> flat =
                shared.stream().map(other -> Arrays.copyOf(other, last)).toList();
        return alone - below(flat, floor) * (reference[last] - point[last]);
    }
}
