package dev.narrows.search;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Results of some batches, in a canonical order, so that it is the same in whatever order their trials ended.
 *
 * @param trained in the order of the candidates
 * @param failed candidates that ended without a quality
 * @param paused losses up to the pause, by candidate
 */
record Known(List<QualityModel.Trained> trained, Set<Integer> failed, Map<Integer, List<Double>> paused) {
    Known {
        trained = List.copyOf(trained);
        failed = Collections.unmodifiableSet(new TreeSet<>(failed));
        paused = Collections.unmodifiableMap(new TreeMap<>(paused));
    }
}
