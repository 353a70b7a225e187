package dev.narrows.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of the prediction of quality: logarithms of exact costs, the family, and each knob that varies.
 *
 * <p>A knob of numbers is one coordinate for each of its entries (stages), in logarithms where all are positive; a knob
 * with words, flags or nothing given is a category. A candidate whose family lacks a knob is at the mean of it, so that
 * only the family tells it apart.
 */
record SearchFeatures(List<FeatureGroup> costs, List<FeatureGroup> knobs, int candidates) {
    /** Logarithm of the ratio of the greatest cost to the least below which costs count as equal. */
    private static final double LEAST_SPREAD = 0.15;

    SearchFeatures {
        costs = List.copyOf(costs);
        knobs = List.copyOf(knobs);
    }

    static SearchFeatures of(List<SearchCandidate> candidates) {
        List<FeatureGroup> costs = new ArrayList<>();
        add(costs, "params", candidates, candidate -> candidate.cost().params());
        add(costs, "macs", candidates, candidate -> candidate.cost().macs());
        add(costs, "activations", candidates, candidate -> candidate.cost().activations());
        for (int o = 0; o < candidates.get(0).losses().size(); o++) {
            int objective = o;
            add(
                    costs,
                    "objective " + o,
                    candidates,
                    candidate -> candidate.losses().get(objective));
        }
        List<FeatureGroup> knobs = new ArrayList<>();
        keep(
                knobs,
                FeatureGroup.ofCategories(
                        "family",
                        candidates.stream().map(SearchCandidate::family).toList()));
        Set<String> names = new TreeSet<>();
        candidates.forEach(
                candidate -> names.addAll(candidate.settings().values().keySet()));
        names.forEach(name -> keep(knobs, ofKnob(name, candidates)));
        return new SearchFeatures(costs, knobs, candidates.size());
    }

    /** The costs, then the knobs. */
    List<FeatureGroup> all() {
        List<FeatureGroup> all = new ArrayList<>(costs);
        all.addAll(knobs);
        return all;
    }

    /** A cost that equals an earlier one but for a factor, such as an objective on params, tells nothing new. */
    private static void add(
            List<FeatureGroup> groups,
            String name,
            List<SearchCandidate> candidates,
            ToDoubleFunction<SearchCandidate> cost) {
        double least = candidates.stream().mapToDouble(cost).min().orElse(0);
        double most = candidates.stream().mapToDouble(cost).max().orElse(0);
        if (least > 0 && Math.log(most / least) > LEAST_SPREAD) {
            double[][] raw = new double[candidates.size()][1];
            for (int i = 0; i < raw.length; i++) {
                raw[i][0] = Math.log(cost.applyAsDouble(candidates.get(i)));
            }
            keep(groups, FeatureGroup.standardised(name, raw));
        }
    }

    private static void keep(List<FeatureGroup> groups, FeatureGroup group) {
        if (group.varies() && groups.stream().noneMatch(other -> isSame(other, group))) {
            groups.add(group);
        }
    }

    private static boolean isSame(FeatureGroup one, FeatureGroup other) {
        for (int i = 0; i < one.coordinates().length; i++) {
            if (one.coordinates()[i].length != other.coordinates()[i].length) {
                return false;
            }
            for (int c = 0; c < one.coordinates()[i].length; c++) {
                if (Math.abs(one.coordinates()[i][c] - other.coordinates()[i][c]) > 1e-9) {
                    return false;
                }
            }
        }
        return true;
    }

    private static FeatureGroup ofKnob(String name, List<SearchCandidate> candidates) {
        List<@Nullable Object> values = new ArrayList<>();
        int entries = 1;
        boolean numbers = true;
        boolean positive = true;
        for (SearchCandidate candidate : candidates) {
            Object value = candidate.settings().values().get(name);
            values.add(value);
            boolean has = candidate.settings().values().containsKey(name);
            entries = value instanceof List<?> list ? Math.max(entries, list.size()) : entries;
            for (Object entry : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
                numbers &= entry instanceof Number;
                positive &= entry instanceof Number number && number.doubleValue() > 0;
            }
            numbers &= value != null || !has;
        }
        if (!numbers) {
            return FeatureGroup.ofCategories(
                    name, values.stream().map(String::valueOf).toList());
        }
        double[][] raw = new double[values.size()][entries];
        for (int i = 0; i < raw.length; i++) {
            for (int e = 0; e < entries; e++) {
                double entry = entry(values.get(i), e);
                raw[i][e] = positive ? Math.log(entry) : entry;
            }
        }
        return FeatureGroup.standardised(name, raw);
    }

    /** The entry for a stage; one value counts for all stages, and the last for those that a shorter list lacks. */
    private static double entry(@Nullable Object value, int stage) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? Double.NaN : entry(list.get(Math.min(stage, list.size() - 1)), 0);
        }
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
