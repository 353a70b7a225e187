package dev.narrows.jobs.latency;

import dev.narrows.engine.LatencyProbe;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.LatencyRow;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The networks that a latency pass is about. All of a study are measured on one host, so that they can be compared.
 *
 * @param all networks that the study probes
 * @param missing ids of those that lack a row
 * @param host on which the others were measured; empty where there are none, or several hosts
 * @param device kind of device of the others; empty where there are none
 */
record ToProbe(List<LatencyProbe.Target> all, Set<String> missing, String host, String device) implements Serializable {
    ToProbe {
        all = List.copyOf(all);
        missing = Set.copyOf(missing);
    }

    /**
     * The targets that lack a row; all where their rows would come from several hosts.
     *
     * @param threads of one operation; rows with others do not count
     */
    static ToProbe of(List<LatencyProbe.Target> targets, List<VariantSummary> wanted, LatencySpec spec, int threads) {
        Set<String> missing = new TreeSet<>();
        Set<String> hosts = new TreeSet<>();
        Set<String> devices = new TreeSet<>();
        for (VariantSummary summary : wanted) {
            for (LatencyRuntime runtime : spec.runtimes()) {
                for (int batchSize : spec.batchSizes()) {
                    List<LatencyRow> rows = summary.latency().stream()
                            .filter(row -> row.runtime() == runtime && row.batchSize() == batchSize)
                            .filter(row -> row.environment().threads() == threads)
                            .toList();
                    rows.forEach(row -> hosts.add(row.environment().host()));
                    rows.forEach(row -> devices.add(row.deviceKind()));
                    if (rows.isEmpty()) {
                        missing.add(summary.variantId());
                    }
                }
            }
        }
        return hosts.size() > 1 || devices.size() > 1
                ? again(targets)
                : new ToProbe(targets, missing, String.join("", hosts), String.join("", devices));
    }

    /** All targets, measured before or not. */
    static ToProbe again(List<LatencyProbe.Target> targets) {
        return new ToProbe(
                targets,
                targets.stream().map(LatencyProbe.Target::variantId).collect(java.util.stream.Collectors.toSet()),
                "",
                "");
    }

    boolean isEmpty() {
        return missing.isEmpty();
    }

    /** Targets for a host and a kind of device: only those that lack a row, where the others were measured so too. */
    List<LatencyProbe.Target> on(String name, String kind) {
        return (host.isEmpty() || host.equals(name)) && (device.isEmpty() || device.equals(kind))
                ? all.stream()
                        .filter(target -> missing.contains(target.variantId()))
                        .toList()
                : all;
    }
}
