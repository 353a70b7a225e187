package dev.narrows.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the results of some batches say about every candidate: the models, their joint draws, the chances. */
final class Outlook {
    /** Draws of the scales, each with a model of its own and an equal part of the joint draws. */
    static final int SCALES = 8;

    private static final double NORMAL_95 = 1.959964;

    private final List<SearchCandidate> candidates;
    private final Membership membership;
    private final Known known;
    private final QualityModel likeliest;
    private final List<QualityModel> models;
    private final List<Posterior> posteriors;
    private final double[] qualities;
    private final double[][] draws;
    private final double[] chances;
    private final Map<Look, Optional<Prediction>> looks = new HashMap<>();

    private @Nullable Curves curves;

    private record Look(int candidate, List<Double> losses) {}

    /** The prediction by the most probable scales, from which curves are read. */
    private static final class Curves {
        private final Posterior posterior;
        private final double[][] draws;

        private Curves(Posterior posterior, double[][] draws) {
            this.posterior = posterior;
            this.draws = draws;
        }
    }

    Outlook(List<SearchCandidate> candidates, SearchFeatures features, Membership membership, Known known, int seeds) {
        this.candidates = candidates;
        this.membership = membership;
        this.known = known;
        List<QualityModel> all = QualityModel.of(features, known.trained(), seeds, SCALES);
        likeliest = all.get(0);
        models = all.subList(1, all.size());
        posteriors = models.stream().map(this::told).toList();
        qualities = new double[candidates.size()];
        for (int i = 0; i < qualities.length; i++) {
            qualities[i] = known.failed().contains(i) ? Double.NaN : mean(i);
        }
        draws = withoutFailed(membership.draws(posteriors));
        chances = new double[qualities.length];
        for (int i = 0; i < chances.length; i++) {
            chances[i] = membership.chance(draws, i);
        }
    }

    /** The prediction of a model with what paused trials tell. */
    private Posterior told(QualityModel model) {
        Posterior told = model.posterior();
        for (Map.Entry<Integer, List<Double>> pause : known.paused().entrySet()) {
            Optional<Posterior.Evidence> evidence = model.evidence(pause.getKey(), pause.getValue(), told);
            told = evidence.isPresent() ? told.with(evidence.get()) : told;
        }
        return told;
    }

    private double[][] withoutFailed(double[][] all) {
        for (double[] draw : all) {
            known.failed().forEach(candidate -> draw[candidate] = Double.NaN);
        }
        return all;
    }

    private Curves curves() {
        Curves read = curves;
        if (read == null) {
            Posterior posterior = told(likeliest);
            read = new Curves(posterior, withoutFailed(membership.draws(List.of(posterior))));
            curves = read;
        }
        return read;
    }

    private double mean(int candidate) {
        return posteriors.stream()
                .mapToDouble(one -> one.means()[candidate])
                .average()
                .orElseThrow();
    }

    /** Deviation of a prediction, of which a part is that between scales. */
    private double deviation(int candidate) {
        double mean = mean(candidate);
        return Math.sqrt(posteriors.stream()
                .mapToDouble(one -> Math.pow(one.deviation(candidate), 2) + Math.pow(one.means()[candidate] - mean, 2))
                .average()
                .orElseThrow());
    }

    /** The factor by which intervals grew, on average over the scales. */
    double widening() {
        return models.stream().mapToDouble(QualityModel::widening).average().orElseThrow();
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
        Curves by = curves();
        Posterior posterior = by.posterior;
        return looks.computeIfAbsent(
                new Look(candidate, losses),
                look -> likeliest.evidence(candidate, losses, posterior).map(evidence -> {
                    double variance = posterior.covariances()[candidate][candidate];
                    double gain = variance / (posterior.trialVariance(candidate) + evidence.variance());
                    double mean = posterior.means()[candidate];
                    return prediction(
                            candidate,
                            membership.chance(by.draws, posterior, evidence),
                            mean + gain * (evidence.quality() - mean),
                            Math.sqrt(Math.max(0, variance * (1 - gain))));
                }));
    }
}
