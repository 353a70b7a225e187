package dev.narrows.jobs.cluster;

import dev.narrows.engine.Host;
import dev.narrows.jobs.host.MachineId;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines of a cluster, as their executors see them: Spark knows addresses only, of which a machine may have
 * several, and rows have names.
 */
final class SeenHosts {
    /** A task may land on another host than it prefers, where that one's executors report something just then. */
    private static final int ROUNDS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(SeenHosts.class);

    private SeenHosts() {}

    /** Report of a task. */
    private record Sight(String address, String name, String machine) implements Serializable {
        static Sight here() {
            String name = Host.name();
            return new Sight(SparkEnv.get().blockManager().blockManagerId().host(), name, MachineId.here(name));
        }
    }

    /**
     * Asks an executor of each address while nothing else runs. An address that has no slot or does not answer is left
     * out.
     *
     * @param threads of a trial
     */
    static List<ClusterHost> of(JavaSparkContext spark, int threads) {
        Map<String, Sight> sights = new TreeMap<>();
        Map<String, Integer> slots = Executors.slotsByHost(spark, threads);
        for (int round = 0; round < ROUNDS && !sights.keySet().containsAll(slots.keySet()); round++) {
            Set<String> unseen = new TreeSet<>(slots.keySet());
            unseen.removeAll(sights.keySet());
            asked(spark, unseen).forEach(sight -> sights.put(sight.address(), sight));
            // Others may have arrived meanwhile.
            slots = Executors.slotsByHost(spark, threads);
        }
        sights.keySet().retainAll(slots.keySet());
        return machines(sights.values(), slots);
    }

    /** None where an executor is lost just then: the next round asks again. */
    private static List<Sight> asked(JavaSparkContext spark, Set<String> addresses) {
        spark.setJobGroup("hosts", "hosts of executors", true);
        try {
            return PreferredHosts.each(
                            spark,
                            addresses.stream()
                                    .map(address -> PreferredHosts.preferring(address, Set.of(address)))
                                    .toList())
                    .toJavaRDD()
                    .map(address -> Sight.here())
                    .collect();
        } catch (Exception e) {
            // Spark throws its checked exceptions from here too.
            LOG.warn("The hosts of the executors are not all known: {}", e.getMessage());
            return List.of();
        }
    }

    private static List<ClusterHost> machines(Iterable<Sight> sights, Map<String, Integer> slots) {
        String driver = MachineId.here(Host.name());
        Map<String, ClusterHost> machines = new HashMap<>();
        for (Sight sight : sights) {
            ClusterHost seen = new ClusterHost(
                    sight.name(),
                    Set.of(sight.address()),
                    slots.getOrDefault(sight.address(), 0),
                    sight.machine().equals(driver));
            machines.merge(sight.machine(), seen, SeenHosts::both);
        }
        return new ArrayList<>(machines.values());
    }

    private static ClusterHost both(ClusterHost one, ClusterHost other) {
        Set<String> addresses = new TreeSet<>(one.addresses());
        addresses.addAll(other.addresses());
        return new ClusterHost(one.name(), addresses, one.slots() + other.slots(), one.isDriver());
    }
}
