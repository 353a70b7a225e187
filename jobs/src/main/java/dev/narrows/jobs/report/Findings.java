package dev.narrows.jobs.report;

import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Criterion;
import dev.narrows.tradeoff.Effect;
import dev.narrows.tradeoff.Effects;
import dev.narrows.tradeoff.FrontCertainty;
import dev.narrows.tradeoff.Hypervolume;
import dev.narrows.tradeoff.Importance;
import dev.narrows.tradeoff.Interval;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Answers of the trade-off about a study, each computed once.
 *
 * @param plan every variant of the study, and what was rejected
 * @param ended the rows of the study's trials that have ended
 * @param summaries one per variant of the plan
 * @param front the Pareto front of the study's objectives
 * @param best by the measure of quality; empty where no trial has completed
 */
record Findings(
        StudyResults results,
        Study study,
        Plan plan,
        List<TrialRow> ended,
        List<VariantSummary> summaries,
        List<VariantSummary> front,
        Optional<VariantSummary> best,
        Certainty certainty,
        FrontCertainty chances,
        List<Effect> effects,
        List<Importance> importance,
        Answer answer) {
    /** The volume of a front of three objectives takes time that grows with its square, of more with a higher power. */
    private static final int LARGE_FRONT = 200;

    private static final int LARGE_FRONT_OF_MANY = 30;
    private static final int MANY_OBJECTIVES = 4;

    static Findings of(StudyResults results) {
        Study study = results.study().orElseThrow();
        List<VariantSummary> summaries = results.summaries();
        List<Objective> objectives = study.objectives();
        Certainty certainty = Certainty.of(summaries, objectives);
        Measure quality = certainty.measure();
        Answer answer = Answer.of(results, study.constraints(), summaries, certainty);
        return new Findings(
                results,
                study,
                results.plan().orElseThrow(),
                results.trials(),
                summaries,
                ParetoFront.of(summaries, VariantSummary.criteria(objectives)),
                summaries.stream()
                        .filter(summary -> !Double.isNaN(summary.measure(quality)))
                        .max(Comparator.comparingDouble(summary -> summary.measure(quality))),
                certainty,
                certainty.front(objectives),
                Effects.of(summaries, certainty, results.solved()),
                answer.quality()
                        .map(measure -> Importance.of(summaries, measure, certainty, results.solved()))
                        .orElse(List.of()),
                answer);
    }

    /** The measure that leads: the first that the study makes largest. */
    Optional<Measure> leading() {
        return ShownMeasure.shown(summaries, study.objectives()).stream()
                .filter(measure -> measure.better() == Objective.Direction.MAXIMIZE)
                .findFirst();
    }

    /** The measure that differences and intervals are of. */
    Measure quality() {
        return certainty.measure();
    }

    /** The interval of a variant's difference from the best one, laid about that one's quality. */
    Optional<Interval> besideBest(VariantSummary summary) {
        return best.filter(other -> !other.id().equals(summary.id()) && !Double.isNaN(summary.measure(quality())))
                .flatMap(other -> certainty
                        .between(summary, other)
                        .interval()
                        .map(interval -> new Interval(
                                other.measure(quality()) + interval.low(),
                                other.measure(quality()) + interval.high())));
    }

    /** The mean over seeds of the measure of quality, on the test images. */
    Optional<Double> test(VariantSummary summary) {
        OptionalDouble mean = Quality.meanOnTest(summary, quality());
        return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
    }

    /** Hypervolume of the front; empty where it is not defined, or would take long. */
    Optional<Double> hypervolume() {
        List<Criterion<VariantSummary>> criteria = VariantSummary.criteria(study.objectives());
        int large = criteria.size() < MANY_OBJECTIVES ? LARGE_FRONT : LARGE_FRONT_OF_MANY;
        return front.size() < 2 || front.size() > large
                ? Optional.empty()
                : Optional.of(Hypervolume.of(summaries, criteria));
    }
}
