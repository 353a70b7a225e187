package dev.narrows.tradeoff.answer;

import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Effect;
import dev.narrows.tradeoff.Effects;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One sentence for every knob that varies in a family: its effect on quality from its first value to its last.
 *
 * <p>Pairs that differ in the knob alone are used where they cost the same. A knob that changes the cost is judged by
 * pairs of about equal cost, which differ in other knobs too; without such pairs the sentence says that the cost is
 * part of the effect.
 */
final class KnobSentences {
    /** Most steps of a knob that a sentence names. */
    private static final int MOST_STEPS = 7;

    private final Grounds grounds;
    private final Map<String, List<Effect>> effects = new LinkedHashMap<>();

    KnobSentences(Grounds grounds) {
        this.grounds = grounds;
        for (Effect effect : Effects.of(grounds.summaries(), grounds.certainty(), grounds.solved())) {
            effects.computeIfAbsent(subject(effect.family(), effect.axis()), key -> new ArrayList<>())
                    .add(effect);
        }
    }

    /** Family and knob of a sentence, as figures name it. */
    static String subject(String family, String knob) {
        return family + ": " + knob;
    }

    /** The sentence of one knob of a family. */
    Sentence of(String family, String knob, List<VariantSummary> members) {
        String subject = subject(family, knob);
        List<Effect> own = effects.getOrDefault(subject, List.of());
        if (own.isEmpty()) {
            return unpaired(subject, knob, members);
        }
        Effect widest = own.get(own.size() - 1);
        Comparison held =
                grounds.comparison(subject, Effect.show(widest.to()), Effect.show(widest.from()), pairs(widest));
        double cost = cost(held);
        if (Phrases.isEqual(cost) || CostMatch.isNear(cost)) {
            String costs = Phrases.isEqual(cost)
                    ? Phrases.costs(held.params(), held.macs())
                    : Phrases.matchedCosts(held, grounds.cost());
            return sentence(held, "%s %s".formatted(costs, steps(own)), "");
        }
        List<Certainty.Pair> matched =
                CostMatch.pairs(with(members, knob, widest.to()), with(members, knob, widest.from()), grounds.cost());
        if (matched.isEmpty()) {
            return sentence(
                    held,
                    "%s %s".formatted(Phrases.costs(held.params(), held.macs()), steps(own)),
                    " No pair has equal %s, so knob and cost are not told apart."
                            .formatted(grounds.cost().label()));
        }
        return matched(
                subject,
                knob,
                held.of(),
                held.against(),
                matched,
                " Alone, it gives %s points %s."
                        .formatted(
                                Difference.points(held.quality().value()), Phrases.costs(held.params(), held.macs())));
    }

    private Sentence sentence(Comparison comparison, String costs, String more) {
        return Sentence.of(
                Subject.KNOB,
                comparison,
                "%s %s %s: %s.%s%s"
                        .formatted(
                                comparison.subject(),
                                Phrases.verdict(comparison),
                                costs.strip(),
                                Phrases.figures(comparison, grounds.quality()),
                                more,
                                Phrases.settling(comparison)));
    }

    private Sentence matched(
            String subject, String knob, String to, String from, List<Certainty.Pair> pairs, String more) {
        Comparison comparison = grounds.comparison(subject, to, from, pairs);
        String others = others(knob, pairs);
        return sentence(
                comparison,
                Phrases.matchedCosts(comparison, grounds.cost())
                        + (others.isEmpty() ? "" : ", where %s too".formatted(others)),
                more);
    }

    /** A knob without two variants that differ in it alone. */
    private Sentence unpaired(String subject, String knob, List<VariantSummary> members) {
        List<String> values = members.stream()
                .map(member -> Effect.show(member.settings().values().get(knob)))
                .distinct()
                .sorted(KnobSentences::byNumberOrText)
                .toList();
        String from = values.get(0);
        String to = values.get(values.size() - 1);
        List<Certainty.Pair> matched =
                CostMatch.pairs(shown(members, knob, to), shown(members, knob, from), grounds.cost());
        return matched.isEmpty()
                ? Sentence.of(
                        Subject.KNOB,
                        Standing.UNKNOWN,
                        ("%s: no two variants differ in it alone, or have other values of it at equal %s,"
                                        + " so its effect is not known.")
                                .formatted(subject, grounds.cost().label()))
                : matched(subject, knob, to, from, matched, "");
    }

    private static int byNumberOrText(String one, String other) {
        try {
            return Double.compare(Double.parseDouble(one), Double.parseDouble(other));
        } catch (NumberFormatException e) {
            return one.compareTo(other);
        }
    }

    private double cost(Comparison comparison) {
        return grounds.cost() == Measure.PARAMS ? comparison.params() : comparison.macs();
    }

    private static List<Certainty.Pair> pairs(Effect effect) {
        return effect.pairs().stream()
                .map(pair -> new Certainty.Pair(pair.to(), pair.from()))
                .toList();
    }

    /** Differences of the steps of a knob with more than two values: {@code (step by step +1.20, −0.30)}. */
    private String steps(List<Effect> own) {
        return own.size() < 2 || own.size() > MOST_STEPS
                ? ""
                : own.subList(0, own.size() - 1).stream()
                        .map(effect -> Difference.points(
                                grounds.difference(pairs(effect)).value()))
                        .collect(Collectors.joining(", ", "(step by step ", ")"));
    }

    private static List<VariantSummary> with(List<VariantSummary> members, String knob, @Nullable Object value) {
        return members.stream()
                .filter(member -> Objects.equals(member.settings().values().get(knob), value))
                .toList();
    }

    private static List<VariantSummary> shown(List<VariantSummary> members, String knob, String value) {
        return members.stream()
                .filter(member ->
                        Effect.show(member.settings().values().get(knob)).equals(value))
                .toList();
    }

    /** Other knobs that differ within pairs: {@code depths and widths differ}; empty if none does. */
    private static String others(String knob, List<Certainty.Pair> pairs) {
        TreeSet<String> differing = new TreeSet<>();
        for (Certainty.Pair pair : pairs) {
            pair.of().settings().values().forEach((name, value) -> {
                if (!name.equals(knob)
                        && !Objects.equals(
                                value, pair.against().settings().values().get(name))) {
                    differing.add(name);
                }
            });
        }
        return differing.isEmpty()
                ? ""
                : String.join(" and ", differing) + (differing.size() == 1 ? " differs" : " differ");
    }
}
