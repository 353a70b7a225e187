package dev.narrows.jobs.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cluster in two parts: one host, where latencies are measured, and the others, which train meanwhile.
 *
 * @param training addresses of the others, by which Spark calls them
 */
public record HostSplit(ClusterHost measuring, Set<String> training) {
    public HostSplit {
        training = Set.copyOf(training);
    }

    /**
     * Takes the host of earlier rows for measuring, so that they still count; without it, a host that the driver does
     * not disturb, of these the one whose slots training misses least. The same hosts give the same split.
     *
     * @param hosts of a cluster
     * @param before name of the host of earlier rows; empty where there are none
     * @return empty where there are fewer than two hosts
     */
    static Optional<HostSplit> of(List<ClusterHost> hosts, String before) {
        if (hosts.size() < 2) {
            return Optional.empty();
        }
        ClusterHost measuring = hosts.stream()
                .min(Comparator.comparing((ClusterHost host) -> !host.name().equals(before))
                        .thenComparing(ClusterHost::isDriver)
                        .thenComparing(ClusterHost::slots)
                        .thenComparing(ClusterHost::name)
                        .thenComparing(host -> new TreeSet<>(host.addresses()).first()))
                .orElseThrow();
        Set<String> others = new TreeSet<>();
        hosts.stream().filter(host -> !host.equals(measuring)).forEach(host -> others.addAll(host.addresses()));
        return Optional.of(new HostSplit(measuring, others));
    }
}
