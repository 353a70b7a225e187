package dev.narrows.jobs.cluster;

import java.util.Set;

/**
 * A machine with executors.
 *
 * @param name as rows call it
 * @param addresses by which Spark calls it; several where it runs containers
 * @param slots number of trials that it runs at once
 * @param isDriver true where the driver runs on it too
 */
public record ClusterHost(String name, Set<String> addresses, int slots, boolean isDriver) {
    public ClusterHost {
        addresses = Set.copyOf(addresses);
    }
}
