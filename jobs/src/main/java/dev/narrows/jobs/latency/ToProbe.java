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
 */
record ToProbe(List<LatencyProbe.Target> all, Set<String> missing, String host) implements Serializable {
    ToProbe {
        all = List.copyOf(all);
        missing = Set.copyOf(missing);
    }

    /** The targets that lack a row; all where their rows would come from several hosts. */
    static ToProbe of(List<LatencyProbe.Target> targets, List<VariantSummary> wanted, LatencySpec spec) {
        Set<String> missing = new TreeSet<>();
        Set<String> hosts = new TreeSet<>();
        for (VariantSummary summary : wanted) {
            for (LatencyRuntime runtime : spec.runtimes()) {
                for (int batchSize : spec.batchSizes()) {
                    List<LatencyRow> rows = summary.latency().stream()
                            .filter(row -> row.runtime() == runtime && row.batchSize() == batchSize)
                            .toList();
                    rows.forEach(row -> hosts.add(row.environment().host()));
                    if (rows.isEmpty()) {
                        missing.add(summary.variantId());
                    }
                }
            }
        }
        return hosts.size() > 1
                ? again(targets)
                : new ToProbe(targets, missing, hosts.stream().findFirst().orElse(""));
    }

    /** All targets, measured before or not. */
    static ToProbe again(List<LatencyProbe.Target> targets) {
        return new ToProbe(
                targets,
                targets.stream().map(LatencyProbe.Target::variantId).collect(java.util.stream.Collectors.toSet()),
                "");
    }

    boolean isEmpty() {
        return missing.isEmpty();
    }

    /** Targets for a host: only those that lack a row, where the others were measured there too. */
    List<LatencyProbe.Target> on(String name) {
        return host.isEmpty() || host.equals(name)
                ? all.stream()
                        .filter(target -> missing.contains(target.variantId()))
                        .toList()
                : all;
    }
}
