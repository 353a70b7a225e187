package dev.narrows.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the results of some batches say about every candidate: the models, their joint draws, the chances. */
final class Outlook {
    /** Draws of the scales, each with a model of its own and an equal part of the joint draws. */
    static final int SCALES = 8;

    private static final double NORMAL_95 = 1.959964;

    /** Far below what a loss is, as its reciprocal is far above. */
    private static final double LEAST_LOSS = 1e-6;

    /** Until a loss is known to twelve digits. */
    private static final int HALVINGS = 45;

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
    private final Map<Bound, PauseRule> rules = new HashMap<>();

    private @Nullable Curves curves;

    private record Look(int candidate, int epoch, double loss) {}

    private record Bound(int candidate, List<Integer> epochs, double chance) {}

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
            List<Double> losses = pause.getValue();
            Optional<Posterior.Evidence> evidence =
                    model.evidence(pause.getKey(), losses.size(), losses.get(losses.size() - 1), told);
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

    /** The prediction of a trial under way with the loss of its last epoch; empty where that tells nothing. */
    Optional<Prediction> prediction(int candidate, int epoch, double loss) {
        Curves by = curves();
        Posterior posterior = by.posterior;
        return looks.computeIfAbsent(
                new Look(candidate, epoch, loss),
                look -> likeliest.evidence(candidate, epoch, loss, posterior).map(evidence -> {
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

    /**
     * The rule by which a candidate's trial pauses after one of these epochs: where its loss brings its chance down to
     * this one.
     */
    PauseRule pauseRule(int candidate, List<Integer> epochs, double chance) {
        return rules.computeIfAbsent(new Bound(candidate, epochs, chance), bound -> {
            Map<Integer, Double> highest = new HashMap<>();
            epochs.forEach(epoch -> {
                OptionalDouble loss = highestLoss(candidate, epoch, chance);
                loss.ifPresent(found -> highest.put(epoch, found));
            });
            return new PauseRule(highest);
        });
    }

    /** The largest loss with which the chance is greater, by halving; empty where no loss brings it down. */
    private OptionalDouble highestLoss(int candidate, int epoch, double chance) {
        double low = Math.log(LEAST_LOSS);
        double high = -low;
        if (chance(candidate, epoch, high) > chance) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (chance(candidate, epoch, middle) > chance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(Math.exp(low));
    }

    private double chance(int candidate, int epoch, double logarithm) {
        Curves by = curves();
        return likeliest
                .evidence(candidate, epoch, Math.exp(logarithm), by.posterior)
                .map(evidence -> membership.chance(by.draws, by.posterior, evidence))
                .orElse(1.0);
    }
}
