package dev.narrows.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that the results of some batches say about every candidate: the model, its joint draws, the chances. */
final class Outlook {
    private static final double NORMAL_95 = 1.959964;

    private final List<SearchCandidate> candidates;
    private final Membership membership;
    private final QualityModel model;
    private final Posterior posterior;
    private final double[] qualities;
    private final double[][] draws;
    private final double[] chances;
    private final Map<Look, Optional<Prediction>> looks = new HashMap<>();

    private record Look(int candidate, List<Double> losses) {}

    Outlook(List<SearchCandidate> candidates, SearchFeatures features, Membership membership, Known known, int seeds) {
        this.candidates = candidates;
        this.membership = membership;
        model = new QualityModel(features, known.trained(), seeds);
        Posterior told = model.posterior();
        for (Map.Entry<Integer, List<Double>> pause : known.paused().entrySet()) {
            Optional<Posterior.Evidence> evidence = model.evidence(pause.getKey(), pause.getValue(), told);
            told = evidence.isPresent() ? told.with(evidence.get()) : told;
        }
        posterior = told;
        qualities = posterior.means().clone();
        draws = membership.draws(posterior);
        for (int failed : known.failed()) {
            qualities[failed] = Double.NaN;
            Arrays.stream(draws).forEach(draw -> draw[failed] = Double.NaN);
        }
        chances = new double[qualities.length];
        for (int i = 0; i < chances.length; i++) {
            chances[i] = membership.chance(draws, i);
        }
    }

    double widening() {
        return model.widening();
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
        return prediction(candidate, chances[candidate], posterior.means()[candidate], posterior.deviation(candidate));
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
        return looks.computeIfAbsent(
                new Look(candidate, losses),
                look -> model.evidence(candidate, losses, posterior).map(evidence -> {
                    double variance = posterior.covariances()[candidate][candidate];
                    double gain = variance / (posterior.trialVariance(candidate) + evidence.variance());
                    double mean = posterior.means()[candidate];
                    return prediction(
                            candidate,
                            membership.chance(draws, posterior, evidence),
                            mean + gain * (evidence.quality() - mean),
                            Math.sqrt(Math.max(0, variance * (1 - gain))));
                }));
    }
}
