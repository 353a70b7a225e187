package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of the room between the best and the worst of everything a front takes: the share of trade-offs that some
 * variant of it is at least as good as.
 *
 * <p>Exact: by sweeping for two criteria, by slices for more (While, Bradstreet and Barone's WFG, 2012), which takes
 * fronts of hundreds for three and of tens for five.
 */
public final class Hypervolume {
    private Hypervolume() {}

    /**
     * Of candidates, in the box that spans from the best to the worst measured value of each criterion, 0 to 1. A criterion
     * that all are equal in has no room and does not count; 1 where that holds for all.
     *
     * @throws IllegalArgumentException where there is no criterion
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
     * @param points of the reference's length; those that are not below it everywhere take no room
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

    /** In the order of the first coordinate, each point adds a rectangle below the one before. */
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

    /** Point by point from the worst in the last coordinate: what each dominates alone of what is left. */
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
        // All of them have this point's last coordinate, as it is the worst: one coordinate fewer to go on with.
        int last = reference.length - 1;
        double[] floor = Arrays.copyOf(reference, last);
        List<double[]> flat =
                shared.stream().map(other -> Arrays.copyOf(other, last)).toList();
        return alone - below(flat, floor) * (reference[last] - point[last]);
    }
}
