package dev.narrows.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Effects of the axes of a grid, from pairs of variants that differ in one axis alone. It needs no model of
 * interactions, and gives no effect if there is no such pair.
 */
public final class Effects {
    private final List<VariantSummary> summaries;
    private final Certainty certainty;
    private final Set<String> solved;

    private Effects(List<VariantSummary> summaries, Certainty certainty, Set<String> solved) {
        this.summaries = summaries;
        this.certainty = certainty;
        this.solved = Set.copyOf(solved);
    }

    /**
     * Effects of every varying knob of every family: from each value to the next, and from the first to the last.
     *
     * @param solved knobs solved for equal cost, which may differ within a pair
     */
    public static List<Effect> of(List<VariantSummary> summaries, Certainty certainty, Set<String> solved) {
        return new Effects(summaries, certainty, solved).all();
    }

    private List<Effect> all() {
        Map<String, List<VariantSummary>> families = new LinkedHashMap<>();
        for (VariantSummary summary : summaries) {
            if (!Double.isNaN(summary.measure(certainty.measure()))) {
                families.computeIfAbsent(summary.family(), key -> new ArrayList<>())
                        .add(summary);
            }
        }
        List<Effect> effects = new ArrayList<>();
        families.forEach((family, members) -> {
            for (String axis : axes(members)) {
                effects.addAll(ofAxis(family, axis, members));
            }
        });
        return effects;
    }

    private Set<String> axes(List<VariantSummary> members) {
        return axes(members, solved);
    }

    /** Knobs that vary between variants of one family, without those that are solved for equal cost. */
    public static Set<String> axes(List<VariantSummary> members, Set<String> solved) {
        Map<String, @Nullable Object> first = members.get(0).settings().values();
        Set<String> axes = new LinkedHashSet<>(first.keySet());
        members.forEach(member -> axes.addAll(member.settings().values().keySet()));
        axes.removeIf(knob -> solved.contains(knob)
                || members.stream()
                        .allMatch(member -> Objects.equals(
                                first.get(knob), member.settings().values().get(knob))));
        return axes;
    }

    private List<Effect> ofAxis(String family, String axis, List<VariantSummary> members) {
        Map<Map<String, @Nullable Object>, Map<Optional<Object>, VariantSummary>> held = new LinkedHashMap<>();
        Set<Optional<Object>> values = new LinkedHashSet<>();
        for (VariantSummary member : members) {
            Map<String, @Nullable Object> rest =
                    new LinkedHashMap<>(member.settings().values());
            Optional<Object> value = Optional.ofNullable(rest.remove(axis));
            solved.forEach(rest::remove);
            rest.put("", member.count());
            values.add(value);
            held.computeIfAbsent(rest, key -> new LinkedHashMap<>()).put(value, member);
        }
        List<Optional<Object>> sorted = new ArrayList<>(values);
        sorted.sort(ascending());
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i + 1 < sorted.size(); i++) {
            effect(family, axis, sorted.get(i), sorted.get(i + 1), held.values())
                    .ifPresent(effects::add);
        }
        if (sorted.size() > 2) {
            effect(family, axis, sorted.get(0), sorted.get(sorted.size() - 1), held.values())
                    .ifPresent(effects::add);
        }
        return effects;
    }

    private Optional<Effect> effect(
            String family,
            String axis,
            Optional<Object> from,
            Optional<Object> to,
            Iterable<Map<Optional<Object>, VariantSummary>> held) {
        List<Certainty.Pair> differing = new ArrayList<>();
        for (Map<Optional<Object>, VariantSummary> byValue : held) {
            VariantSummary before = byValue.get(from);
            VariantSummary after = byValue.get(to);
            if (before != null && after != null) {
                differing.add(new Certainty.Pair(after, before));
            }
        }
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        List<Certainty.Pair> pairs = certainty.counting(differing);
        List<Effect.Paired> paired = pairs.stream()
                .map(pair -> new Effect.Paired(pair.against(), pair.of(), certainty.between(pair.of(), pair.against())))
                .toList();
        return Optional.of(new Effect(
                family,
                axis,
                from.orElse(null),
                to.orElse(null),
                paired,
                certainty.mean(pairs),
                factor(pairs, summary -> summary.cost().params()),
                factor(pairs, summary -> summary.cost().macs())));
    }

    private static double factor(List<Certainty.Pair> pairs, ToDoubleFunction<VariantSummary> cost) {
        return Math.exp(pairs.stream()
                .mapToDouble(pair -> Math.log(cost.applyAsDouble(pair.of()) / cost.applyAsDouble(pair.against())))
                .average()
                .orElse(Double.NaN));
    }

    /** Orders values: nothing given first, numbers by size, lists by their numbers, the rest by their text. */
    private static Comparator<Optional<Object>> ascending() {
        return Comparator.comparing((Optional<Object> value) -> value.isPresent())
                .thenComparing(value -> numbers(value.orElse("")), Arrays::compare)
                .thenComparing(value -> value.map(Effect::show).orElse(""));
    }

    private static double[] numbers(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().mapToDouble(Effects::number).toArray();
        }
        return new double[] {number(value)};
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY;
    }
}
