package dev.narrows.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that the results of some batches say about every candidate: the models, their joint draws, the chances. */
final class Outlook {
    /** Draws of the scales, each with a model of its own and an equal part of the joint draws. */
    static final int SCALES = 8;

    private static final double NORMAL_95 = 1.959964;

    private final List<SearchCandidate> candidates;
    private final Membership membership;
    private final List<QualityModel> models;
    private final List<Posterior> posteriors;
    private final double[] qualities;
    private final double[][] draws;
    private final double[] chances;
    private final Set<Integer> failed;
    private final Map<Look, Optional<Prediction>> looks = new HashMap<>();

    private record Look(int candidate, List<Double> losses) {}

    Outlook(List<SearchCandidate> candidates, SearchFeatures features, Membership membership, Known known, int seeds) {
        this.candidates = candidates;
        this.membership = membership;
        failed = known.failed();
        models = QualityModel.of(features, known.trained(), seeds, SCALES);
        posteriors = models.stream().map(model -> told(model, known)).toList();
        // The most probable scales are for curves; chances are those of the scales that were drawn.
        List<Posterior> drawn = posteriors.subList(1, posteriors.size());
        qualities = new double[candidates.size()];
        for (int i = 0; i < qualities.length; i++) {
            qualities[i] = failed.contains(i) ? Double.NaN : mean(i);
        }
        draws = withoutFailed(membership.draws(drawn));
        chances = new double[qualities.length];
        for (int i = 0; i < chances.length; i++) {
            chances[i] = membership.chance(draws, i);
        }
    }

    /** The prediction of a model with what paused trials tell. */
    private static Posterior told(QualityModel model, Known known) {
        Posterior told = model.posterior();
        for (Map.Entry<Integer, List<Double>> pause : known.paused().entrySet()) {
            Optional<Posterior.Evidence> evidence = model.evidence(pause.getKey(), pause.getValue(), told);
            told = evidence.isPresent() ? told.with(evidence.get()) : told;
        }
        return told;
    }

    private double[][] withoutFailed(double[][] all) {
        for (double[] draw : all) {
            failed.forEach(candidate -> draw[candidate] = Double.NaN);
        }
        return all;
    }

    private double mean(int candidate) {
        return posteriors.stream()
                .skip(1)
                .mapToDouble(one -> one.means()[candidate])
                .average()
                .orElseThrow();
    }

    /** Deviation of a prediction, of which a part is that between scales. */
    private double deviation(int candidate) {
        double mean = mean(candidate);
        return Math.sqrt(posteriors.stream()
                .skip(1)
                .mapToDouble(one -> Math.pow(one.deviation(candidate), 2) + Math.pow(one.means()[candidate] - mean, 2))
                .average()
                .orElseThrow());
    }

    /** The factor by which intervals grew, on average over the scales. */
    double widening() {
        return models.stream()
                .skip(1)
                .mapToDouble(QualityModel::widening)
                .average()
                .orElseThrow();
    }

    double chance(int candidate) {
        return chances[candidate];
    }

    double quality(int candidate) {
        return qualities[candidate];
    }

    /** Sum of the chances of some candidates. */
    double ledger(Set<Integer> of) {
        return of.stream().mapToDouble(i -> chances[i]).sum();
    }

    Prediction prediction(int candidate) {
        return prediction(candidate, chances[candidate], mean(candidate), deviation(candidate));
    }

    private Prediction prediction(int candidate, double chance, double mean, double deviation) {
        var rival = membership.strongestRival(qualities, candidate);
        return new Prediction(
                chance,
                mean,
                mean - NORMAL_95 * deviation,
                mean + NORMAL_95 * deviation,
                rival.isPresent() ? Optional.of(candidates.get(rival.getAsInt()).variantId()) : Optional.empty());
    }

    /** The prediction of a trial under way with the losses of its epochs so far; empty where they tell nothing. */
    Optional<Prediction> prediction(int candidate, List<Double> losses) {
        QualityModel model = models.get(0);
        Posterior posterior = posteriors.get(0);
        return looks.computeIfAbsent(
                new Look(candidate, losses),
                look -> model.evidence(candidate, losses, posterior).map(evidence -> {
                    double variance = posterior.covariances()[candidate][candidate];
                    double gain = variance / (posterior.trialVariance(candidate) + evidence.variance());
                    double mean = posterior.means()[candidate];
                    return prediction(
                            candidate,
                            membership.chance(withoutFailed(membership.draws(List.of(posterior))), posterior, evidence),
                            mean + gain * (evidence.quality() - mean),
                            Math.sqrt(Math.max(0, variance * (1 - gain))));
                }));
    }
}
