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
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** The mean over seeds of the leading measure, on the test images. */
    Optional<Double> test(VariantSummary summary) {
        Measure leads = leading().orElse(Measure.VALIDATION_ACCURACY);
        OptionalDouble mean = summary.chosen().stream()
                .flatMap(row -> Stream.ofNullable(test(row.result(), leads)))
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
    }

    /** The test counterpart of a measure; the test accuracy where it has none. */
    private static @Nullable Double test(TrialResult result, Measure leads) {
        Overlap overlap = result.testOverlap();
        return switch (leads) {
            case VALIDATION_MEAN_IOU -> overlap == null ? null : overlap.meanIou();
            case VALIDATION_DICE -> overlap == null ? null : overlap.dice();
            case VALIDATION_BALANCED_ACCURACY -> result.testBalancedAccuracy();
            case VALIDATION_ACCURACY,
                    PARAMS,
                    MACS,
                    ACTIVATIONS,
                    INFERENCE_MEMORY_BYTES,
                    PEAK_MEMORY_BYTES,
                    TRAIN_SECONDS,
                    EPOCH_SECONDS,
                    IMAGES_PER_SECOND,
                    NARROW_DEAD_SHARE,
                    NARROW_RANK_SHARE,
                    LATENCY_P10_US,
                    LATENCY_P50_US,
                    LATENCY_P90_US,
                    LATENCY_P99_US,
                    INFERENCE_IMAGES_PER_SECOND -> result.testAccuracy();
        };
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
