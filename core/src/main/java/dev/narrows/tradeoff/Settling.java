package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The open questions of a study, the cheapest to settle first, and the seeds to train next for them.
 *
 * <p>Open are the memberships in the front with a chance between 5 and 95 % that no interval settles, and the effects
 * of axes whose interval holds 0. While every variant has one seed, the members of the front need a second before
 * anything else is known. The number of further seeds of each is an expectation: it supposes that the difference and
 * the variances stay as they are. After each seed all of it is computed again.
 */
public final class Settling {
    private static final double UNLIKELY = 0.05;
    private static final double LIKELY = 0.95;

    /** Seeds without a result from which on no more is hoped of a variant, unless more of them gave one. */
    private static final int LOST_SEEDS = 2;

    private final List<VariantSummary> summaries;
    private final List<OpenQuestion> open;
    private final Optional<String> unknownChances;

    private Settling(StudyResults results, Set<OpenQuestion.About> about) {
        summaries = results.summaries();
        List<Objective> objectives = results.objectives();
        Certainty certainty = Certainty.of(summaries, objectives);
        Set<VariantSummary> front = new LinkedHashSet<>(ParetoFront.of(summaries, VariantSummary.criteria(objectives)));
        List<OpenQuestion> found = new ArrayList<>();
        if (!front.isEmpty()
                && summaries.stream().allMatch(summary -> summary.chosen().size() < 2)) {
            found.add(spread(front, certainty.measure()));
            unknownChances = Optional.empty();
        } else {
            unknownChances = about.contains(OpenQuestion.About.FRONT)
                    ? memberships(front, certainty, objectives, found)
                    : Optional.empty();
            if (about.contains(OpenQuestion.About.AXIS)) {
                Effects.of(summaries, certainty, results.solved())
                        .forEach(effect -> change(effect).ifPresent(found::add));
            }
        }
        found.sort(Comparator.comparingDouble(OpenQuestion::seconds));
        open = List.copyOf(found);
    }

    /** Finds the open memberships; the reason where none is known is returned. */
    private Optional<String> memberships(
            Set<VariantSummary> front, Certainty certainty, List<Objective> objectives, List<OpenQuestion> found) {
        FrontCertainty chances = certainty.front(objectives);
        Rivals rivals = new Rivals(summaries, front, objectives, certainty.measure(), new Differences(certainty));
        summaries.forEach(
                summary -> membership(summary, chances.of(summary), rivals).ifPresent(found::add));
        return chances.reason();
    }

    private static OpenQuestion spread(Set<VariantSummary> front, Measure measure) {
        String reason = "every variant has one seed, which does not tell what another would give";
        List<VariantSummary> hopeful = front.stream()
                .filter(variant -> hopeless(List.of(variant)).isEmpty())
                .toList();
        return new OpenQuestion(
                OpenQuestion.About.SEEDS,
                measure == Measure.VALIDATION_ACCURACY
                        ? "how much another seed changes an accuracy"
                        : "how much another seed changes the " + measure.label(),
                Optional.empty(),
                Difference.unknown(measure, Double.NaN, reason, 1, 0),
                hopeful.isEmpty() ? List.copyOf(front) : hopeful,
                hopeless(hopeful.isEmpty() ? front : hopeful).orElse(Settlement.needing(1)));
    }

    /** The settlement of a question about these variants, where further seeds of one would give no result either. */
    private static Optional<Settlement> hopeless(Collection<VariantSummary> variants) {
        return variants.stream()
                .filter(variant -> lostSeeds(variant)
                        >= Math.max(LOST_SEEDS, variant.chosen().size()))
                .findFirst()
                .map(variant -> Settlement.unknown(
                        "%d seeds of %s ended without a result".formatted(lostSeeds(variant), variant.label())));
    }

    private static int lostSeeds(VariantSummary variant) {
        return seeds(variant).size() - variant.chosen().size();
    }

    /** The questions of these kinds that the results leave open. */
    public static Settling of(StudyResults results, Set<OpenQuestion.About> about) {
        return new Settling(results, about);
    }

    /** Open questions, the cheapest to settle first, those that seeds do not settle last. */
    public List<OpenQuestion> open() {
        return open;
    }

    /** True where a known number of further seeds settles some open question. */
    public boolean canSettle() {
        return open.stream().anyMatch(OpenQuestion::canBeSettled);
    }

    /** Reason why no chance of a membership is known; empty where they are known, or not asked for. */
    public Optional<String> unknownChances() {
        return unknownChances;
    }

    /**
     * One more seed for the variants of the cheapest open questions: whole questions, until there are so many trials
     * at least. The variants of a question get the same seed, because differences are paired by seeds: first one that
     * some variants of the study have, then the smallest number that none has.
     *
     * @param trials to keep all slots busy
     * @return empty where no open question can be settled
     */
    public List<FurtherSeed> next(int trials) {
        Map<String, FurtherSeed> next = new LinkedHashMap<>();
        NavigableSet<Long> used = summaries.stream()
                .flatMap(summary -> summary.trials().stream())
                .map(TrialRow::seed)
                .collect(Collectors.toCollection(TreeSet::new));
        for (OpenQuestion question : open) {
            if (next.size() >= trials || !question.canBeSettled()) {
                break;
            }
            long seed = seedFor(question.variants(), used);
            question.variants().stream()
                    .filter(variant -> !seeds(variant).contains(seed))
                    .forEach(variant -> next.putIfAbsent(
                            variant.id() + " " + seed,
                            new FurtherSeed(variant, seed, reason(question), OpenQuestion.secondsOf(variant))));
        }
        return List.copyOf(next.values());
    }

    /**
     * A seed that a variant gets beyond those of the plan.
     *
     * @param reason in a few words
     * @param seconds in one slot, by the trials of the variant that have ended
     */
    public record FurtherSeed(VariantSummary variant, long seed, String reason, double seconds) {}

    private static String reason(OpenQuestion question) {
        return switch (question.about()) {
            case FRONT -> "a seed to settle whether %s is on the front".formatted(question.subject());
            case AXIS -> "a seed to settle %s".formatted(question.subject());
            case SEEDS -> "a second seed, to tell %s".formatted(question.subject());
        };
    }

    /** The seed that all of these variants are to have next: one that some of them or others have, else a new one. */
    private static long seedFor(List<VariantSummary> variants, NavigableSet<Long> used) {
        return used.stream()
                .filter(seed ->
                        variants.stream().anyMatch(variant -> !seeds(variant).contains(seed)))
                .findFirst()
                .orElseGet(() -> {
                    long fresh = 0;
                    while (used.contains(fresh)) {
                        fresh++;
                    }
                    return fresh;
                });
    }

    private static Set<Long> seeds(VariantSummary variant) {
        return variant.trials().stream().map(TrialRow::seed).collect(Collectors.toSet());
    }

    private static Optional<OpenQuestion> membership(VariantSummary variant, OptionalDouble chance, Rivals rivals) {
        if (chance.isEmpty() || chance.getAsDouble() < UNLIKELY || chance.getAsDouble() > LIKELY) {
            return Optional.empty();
        }
        Settlement settlement = rivals.settlement(variant);
        List<Rivals.Rival> decisive = rivals.decisive(variant);
        if (decisive.isEmpty()
                || settlement.furtherSeeds().filter(seeds -> seeds == 0).isPresent()) {
            return Optional.empty();
        }
        List<VariantSummary> concerned = new ArrayList<>(List.of(variant));
        decisive.forEach(rival -> concerned.add(rival.variant()));
        return Optional.of(new OpenQuestion(
                OpenQuestion.About.FRONT,
                variant.label(),
                Optional.of(chance.getAsDouble()),
                decisive.get(0).difference(),
                concerned,
                hopeless(concerned)
                        .orElseGet(() -> orASecond(settlement, decisive.get(0).difference()))));
    }

    private static Optional<OpenQuestion> change(Effect effect) {
        if (effect.quality().settled()) {
            return Optional.empty();
        }
        Map<String, VariantSummary> concerned = new LinkedHashMap<>();
        effect.pairs().forEach(pair -> {
            concerned.put(pair.from().id(), pair.from());
            concerned.put(pair.to().id(), pair.to());
        });
        return Optional.of(new OpenQuestion(
                OpenQuestion.About.AXIS,
                "%s: %s %s against %s"
                        .formatted(
                                effect.family(), effect.axis(), Effect.show(effect.to()), Effect.show(effect.from())),
                Optional.empty(),
                effect.quality(),
                List.copyOf(concerned.values()),
                hopeless(concerned.values())
                        .orElseGet(() -> orASecond(Settlement.of(effect.quality()), effect.quality()))));
    }

    /** A second seed where two sides have one in common: only with it can the number of further ones be told. */
    private static Settlement orASecond(Settlement settlement, Difference difference) {
        return settlement.furtherSeeds().isEmpty() && difference.error().isEmpty() && difference.seeds() == 1
                ? Settlement.needing(1)
                : settlement;
    }
}
