package dev.narrows.tradeoff;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.LatencyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * Agreement of two measurements of the same networks in one runtime at one batch size. Each latency is a multiple of
 * the reference kernel of its own pass.
 *
 * @param device kind of device of both, {@code cpu} or {@code gpu}
 * @param networks in both measurements
 * @param ratio median over the networks of second / first: slowness of the second host relative to its reference
 * @param medianDifference median over the networks of the difference, as a share of the first
 * @param largestDifference the largest such difference
 * @param largestOf label of the network with the largest difference
 * @param rankCorrelation Spearman's, -1 to 1; NaN for a single network
 */
public record LatencyAgreement(
        LatencyRuntime runtime,
        int batchSize,
        String device,
        int networks,
        double ratio,
        double medianDifference,
        double largestDifference,
        String largestOf,
        double rankCorrelation) {
    private record Both(String label, double first, double second) {
        double difference() {
            return Math.abs(second / first - 1);
        }
    }

    /**
     * One agreement per runtime, batch size and device kind in both; rows of versions without a relative latency do not
     * count.
     */
    public static List<LatencyAgreement> of(List<LatencyRow> ones, List<LatencyRow> others) {
        Map<List<Object>, LatencyRow> first = new HashMap<>();
        last(ones).forEach(row -> first.put(key(row), row));
        Map<List<Object>, List<Both>> ways = new HashMap<>();
        Map<List<Object>, LatencyRow> any = new HashMap<>();
        for (LatencyRow other : last(others)) {
            LatencyRow one = first.get(key(other));
            if (one != null && one.relative() != null && other.relative() != null) {
                List<Object> way = way(other);
                any.put(way, other);
                ways.computeIfAbsent(way, key -> new ArrayList<>())
                        .add(new Both(
                                one.variant(),
                                Objects.requireNonNull(one.relative()),
                                Objects.requireNonNull(other.relative())));
            }
        }
        return ways.entrySet().stream()
                .map(entry -> of(Objects.requireNonNull(any.get(entry.getKey())), entry.getValue()))
                .sorted(Comparator.comparing(LatencyAgreement::runtime)
                        .thenComparing(LatencyAgreement::batchSize)
                        .thenComparing(LatencyAgreement::device))
                .toList();
    }

    private static List<LatencyRow> last(List<LatencyRow> rows) {
        return LatencyRow.measuredLast(rows, row -> List.of(row.runtime(), row.deviceKind()));
    }

    private static List<Object> way(LatencyRow row) {
        return List.of(row.runtime(), row.batchSize(), row.deviceKind());
    }

    private static List<Object> key(LatencyRow row) {
        return List.of(row.variantId(), way(row));
    }

    private static LatencyAgreement of(LatencyRow way, List<Both> networks) {
        Both worst = networks.stream()
                .max(Comparator.comparingDouble(Both::difference))
                .orElseThrow();
        double[] first = networks.stream().mapToDouble(Both::first).toArray();
        double[] second = networks.stream().mapToDouble(Both::second).toArray();
        return new LatencyAgreement(
                way.runtime(),
                way.batchSize(),
                way.deviceKind(),
                networks.size(),
                median(networks.stream()
                        .mapToDouble(both -> both.second / both.first)
                        .toArray()),
                median(networks.stream().mapToDouble(Both::difference).toArray()),
                worst.difference(),
                worst.label(),
                first.length < 2 ? Double.NaN : new SpearmansCorrelation().correlation(first, second));
    }

    private static double median(double[] values) {
        return new org.hipparchus.stat.descriptive.rank.Median().evaluate(values);
    }
}
