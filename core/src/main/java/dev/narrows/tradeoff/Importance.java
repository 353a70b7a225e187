package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Importance of the axes of one family: the shares of the variance of a measure between its variants.
 *
 * <p>A variant's measure, the mean over its seeds, is decomposed into a constant, a main effect of each axis, an
 * interaction of each pair of axes, and the rest. On a balanced grid (every combination of values equally often) these
 * parts are orthogonal, and the sum of squares of each is that of means over the other axes. On any other grid the sums
 * of squares are those of nested least-squares fits: what an axis adds to a fit of all other axes, and what a pair adds
 * to a fit of all axes and all other pairs. What several axes explain only together, because some of their values come
 * together, is {@code shared}.
 *
 * <p>Seeds alone give a part of <i>d</i> degrees of freedom an expected sum of squares of <i>d s²</i>, where <i>s²</i>
 * is the mean variance of a variant's mean over other seeds. As much of each part is counted as {@code noise}, and only
 * the rest as its share, so all shares and the noise add up to 1. The decision page {@code certainty} has the
 * estimate of <i>s²</i>.
 *
 * @param variants of the family with the measure
 * @param balanced true if every combination of values occurs equally often
 * @param deviation standard deviation of the measure between the variants
 * @param shares of axes and pairs, the largest first
 * @param shared share that axes explain only together; 0 on a balanced grid, and below 0 where axes mask each other
 * @param further share of interactions of more axes; with those of pairs where {@code pairs} is false
 * @param noise share that seeds alone explain; empty if it is unknown, so that the other shares contain it
 * @param pairs false if there are too many values for a fit of the pairs
 */
public record Importance(
        String family,
        Measure measure,
        int variants,
        boolean balanced,
        double deviation,
        List<AxisShare> shares,
        double shared,
        double further,
        Optional<Double> noise,
        boolean pairs) {
    /** Axis of the number of training images. */
    static final String TRAINING_IMAGES = "training images";

    /** Share up to which a sentence leaves a part out. */
    private static final double SMALL = 0.005;

    private static final int FEWEST_VARIANTS = 3;

    public Importance {
        shares = List.copyOf(shares);
    }

    /**
     * Share of one axis, or of the interaction of two.
     *
     * @param axes names of one or two knobs
     */
    public record AxisShare(List<String> axes, double share) {
        public AxisShare {
            axes = List.copyOf(axes);
        }

        /** {@code mid-ratio}, or {@code mid-ratio × cardinality}. */
        public String name() {
            return String.join(" × ", axes);
        }
    }

    /**
     * Importance in every family with at least three measured variants that differ, and with an axis.
     *
     * @param solved knobs solved for equal cost, which are no axes
     */
    public static List<Importance> of(
            List<VariantSummary> summaries, Measure measure, Certainty certainty, Set<String> solved) {
        Map<String, List<VariantSummary>> families = new LinkedHashMap<>();
        summaries.stream()
                .filter(summary -> !Double.isNaN(summary.measure(measure)))
                .forEach(summary -> families.computeIfAbsent(summary.family(), key -> new ArrayList<>())
                        .add(summary));
        List<Importance> found = new ArrayList<>();
        families.forEach((family, members) ->
                ofFamily(family, members, measure, certainty, solved).ifPresent(found::add));
        return found;
    }

    private static Optional<Importance> ofFamily(
            String family, List<VariantSummary> members, Measure measure, Certainty certainty, Set<String> solved) {
        List<String> axes = new ArrayList<>(Effects.axes(members, solved));
        if (members.stream().map(VariantSummary::count).distinct().count() > 1) {
            axes.add(TRAINING_IMAGES);
        }
        if (members.size() < FEWEST_VARIANTS || axes.isEmpty()) {
            return Optional.empty();
        }
        double[] values =
                members.stream().mapToDouble(member -> member.measure(measure)).toArray();
        int[][] levels = new int[axes.size()][];
        for (int axis = 0; axis < axes.size(); axis++) {
            levels[axis] = levels(members, axes.get(axis));
        }
        OptionalDouble ofSeeds = seedVariance(members, measure, certainty);
        return AxisVariance.of(values, levels).map(parts -> of(family, members.size(), measure, axes, parts, ofSeeds));
    }

    private static Importance of(
            String family,
            int variants,
            Measure measure,
            List<String> axes,
            AxisVariance parts,
            OptionalDouble ofSeeds) {
        double each = ofSeeds.orElse(0);
        double noise = parts.rest().noise(each);
        List<AxisShare> shares = new ArrayList<>();
        for (AxisVariance.Part part : parts.parts()) {
            noise += part.noise(each);
            shares.add(new AxisShare(
                    part.axes().stream().map(axes::get).toList(), (part.squares() - part.noise(each)) / parts.total()));
        }
        shares.sort(Comparator.comparingDouble(AxisShare::share).reversed());
        return new Importance(
                family,
                measure,
                variants,
                parts.balanced(),
                Math.sqrt(parts.total() / (variants - 1)),
                shares,
                parts.shared() / parts.total(),
                (parts.rest().squares() - parts.rest().noise(each)) / parts.total(),
                ofSeeds.isPresent() ? Optional.of(noise / parts.total()) : Optional.empty(),
                parts.pairs());
    }

    /** Mean variance of a variant's mean over other seeds; empty if no variant has two. */
    private static OptionalDouble seedVariance(List<VariantSummary> members, Measure measure, Certainty certainty) {
        List<Double> variances = members.stream()
                .flatMap(member -> certainty.seedVariance(member).stream())
                .toList();
        return measure == certainty.measure() && variances.size() == members.size()
                ? variances.stream().mapToDouble(Double::doubleValue).average()
                : OptionalDouble.empty();
    }

    private static int[] levels(List<VariantSummary> members, String axis) {
        Map<Optional<Object>, Integer> places = new LinkedHashMap<>();
        return members.stream()
                .map(member -> axis.equals(TRAINING_IMAGES)
                        ? Optional.<Object>of(member.count())
                        : Optional.ofNullable(member.settings().values().get(axis)))
                .mapToInt(value -> places.computeIfAbsent(value, key -> places.size()))
                .toArray();
    }

    /**
     * Text such as {@code bottleneck: mid-ratio explains 71 % of the variance between 6 variants, cardinality 12 %;
     * seeds alone 9 %}.
     */
    public String sentence() {
        Set<String> parts = new LinkedHashSet<>();
        shares.stream()
                .filter(part -> part.share() >= SMALL)
                .forEach(part -> parts.add("%s %s".formatted(part.name(), Amounts.wholePercent(part.share()))));
        add(parts, further, pairs ? "interactions of more knobs" : "interactions");
        add(parts, shared, "knobs that vary together");
        noise.ifPresent(share -> add(parts, share, "seeds alone"));
        return "%s: of the variance of %s between %d variants, %s%s"
                .formatted(
                        family,
                        measure.label(),
                        variants,
                        parts.stream().collect(Collectors.joining(", ")),
                        noise.isPresent() ? "" : "; the noise of seeds is unknown and part of these");
    }

    private static void add(Set<String> parts, double share, String name) {
        if (Math.abs(share) >= SMALL) {
            parts.add("%s %s".formatted(name, Amounts.wholePercent(share)));
        }
    }
}
