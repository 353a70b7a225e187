package dev.narrows.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A Gaussian process of final quality over features, fitted to the variants trained so far.
 *
 * <p>Its errors are checked by leaving each trained variant out in turn. Where they are larger than it says, all its
 * deviations grow by {@link #widening}.
 */
final class QualityModel {
    /** Squared correlation of curve and quality below which a curve tells nothing. */
    private static final double LEAST_CORRELATION = 0.05;

    private static final double HIGHEST_CORRELATION = 0.98;

    /** Variance that keeps a prediction positive where nothing is uncertain, but for the rounding of doubles. */
    private static final double ROUNDING = 1e-9;

    private final SearchFeatures features;
    private final List<Trained> trained;
    private final int[] indices;
    private final int seeds;
    private final double mean;
    private final double unit;
    private final Scales scales;
    private final Root root;
    private final double[][] inverse;
    private final double[] residuals;

    /**
     * A variant whose trial has completed.
     *
     * @param candidate its index
     */
    record Trained(int candidate, double quality, List<Double> trainLosses) {}

    /**
     * Models of the same results that differ in their scales: the most probable first, then as many as are drawn.
     *
     * @param seeds number of seeds whose mean is predicted
     */
    static List<QualityModel> of(SearchFeatures features, List<Trained> trained, int seeds, int draws) {
        int[] indices = trained.stream().mapToInt(Trained::candidate).toArray();
        double[] qualities = trained.stream().mapToDouble(Trained::quality).toArray();
        return ScaleFit.of(
                        new Kernel(features, indices, indices),
                        Standard.of(qualities).apply(qualities),
                        features.all().size(),
                        draws)
                .stream()
                .map(scales -> new QualityModel(features, trained, seeds, scales))
                .toList();
    }

    /** The model with the most probable scales. */
    static QualityModel likeliest(SearchFeatures features, List<Trained> trained, int seeds) {
        return of(features, trained, seeds, 0).get(0);
    }

    private QualityModel(SearchFeatures features, List<Trained> trained, int seeds, Scales scales) {
        this.scales = scales;
        this.features = features;
        this.trained = List.copyOf(trained);
        this.seeds = seeds;
        indices = trained.stream().mapToInt(Trained::candidate).toArray();
        double[] qualities = trained.stream().mapToDouble(Trained::quality).toArray();
        Standard standard = Standard.of(qualities);
        mean = standard.mean;
        unit = standard.unit;
        double[] scaled = standard.apply(qualities);
        Kernel kernel = new Kernel(features, indices, indices);
        double[][] covariances = kernel.covariances(scales);
        for (int i = 0; i < covariances.length; i++) {
            covariances[i][i] += scales.rough() + scales.noise();
        }
        root = Root.of(covariances);
        inverse = root.inverse();
        residuals = leftOut(scaled);
    }

    private record Standard(double mean, double unit) {
        static Standard of(double[] values) {
            double mean = Arrays.stream(values).average().orElse(0);
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            double unit = Math.sqrt(squares / Math.max(1, values.length - 1));
            return new Standard(mean, unit > 1e-9 ? unit : 1e-3);
        }

        double[] apply(double[] values) {
            return Arrays.stream(values).map(value -> (value - mean) / unit).toArray();
        }
    }

    /** The error of each prediction from all other trained variants, in its own deviations (closed form). */
    private double[] leftOut(double[] scaled) {
        double[] errors = new double[scaled.length];
        for (int i = 0; i < errors.length; i++) {
            double weighted = 0;
            for (int j = 0; j < scaled.length; j++) {
                weighted += inverse[i][j] * scaled[j];
            }
            errors[i] = weighted / Math.sqrt(inverse[i][i]);
        }
        return errors;
    }

    private static double rootMeanSquare(double[] values) {
        return Math.sqrt(
                Arrays.stream(values).map(value -> value * value).average().orElse(1));
    }

    /** The factor by which deviations grow, 1 where the model is not overconfident. */
    double widening() {
        return Math.max(1, rootMeanSquare(residuals));
    }

    /** Standard deviation between seeds of one variant, as estimated. */
    double noise() {
        return unit * Math.sqrt(scales.noise());
    }

    /** The errors of the check that leaves one out, in deviations. */
    double[] checkedErrors() {
        return residuals.clone();
    }

    /** The prediction for all candidates. */
    Posterior posterior() {
        int count = features.candidates();
        double own = scales.rough() + scales.noise() / seeds;
        int[] all = IntStream.range(0, count).toArray();
        double[][] cross = new Kernel(features, all, indices).covariances(scales);
        for (int t = 0; t < indices.length; t++) {
            cross[indices[t]][t] += own;
        }
        double[] half = root.solved(Standard.of(qualities()).apply(qualities()));
        double[] means = new double[count];
        double[][] halves = new double[count][];
        double factor = unit * widening();
        double[][] covariances = new double[count][count];
        for (int i = 0; i < count; i++) {
            halves[i] = root.solved(cross[i]);
            means[i] = mean + unit * product(halves[i], half);
            int[] earlier = Arrays.copyOf(all, i + 1);
            double[] prior = new Kernel(features, new int[] {i}, earlier).covariances(scales)[0];
            prior[i] += own;
            for (int j = 0; j <= i; j++) {
                covariances[i][j] = factor * factor * (prior[j] - product(halves[i], halves[j]));
                covariances[j][i] = covariances[i][j];
            }
            covariances[i][i] += factor * factor * ROUNDING;
        }
        return new Posterior(means, covariances, factor * factor * scales.noise() * (1 - 1.0 / seeds));
    }

    private double[] qualities() {
        return trained.stream().mapToDouble(Trained::quality).toArray();
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /**
     * Evidence from the training loss after some epochs on a candidate's final quality: where the losses of trained
     * variants at that epoch surprised, their qualities did, too, as far as the two correlate.
     *
     * @param epoch the last one so far
     * @param loss mean training loss of that epoch
     * @param before the prediction without the curve
     */
    Optional<Posterior.Evidence> evidence(int candidate, int epoch, double loss, Posterior before) {
        double now = logarithm(loss);
        double[] logs = trained.stream()
                .map(Trained::trainLosses)
                .mapToDouble(losses -> losses.size() < epoch ? Double.NaN : logarithm(losses.get(epoch - 1)))
                .toArray();
        if (Double.isNaN(now) || Arrays.stream(logs).anyMatch(Double::isNaN)) {
            return Optional.empty();
        }
        Standard standard = Standard.of(logs);
        double[] scaled = standard.apply(logs);
        double[] surprises = leftOut(scaled);
        double correlation = product(surprises, residuals)
                / Math.sqrt(Math.max(1e-12, product(surprises, surprises) * product(residuals, residuals)));
        double explained = explained(correlation);
        if (explained < LEAST_CORRELATION) {
            return Optional.empty();
        }
        double[] cross = new Kernel(features, new int[] {candidate}, indices).covariances(scales)[0];
        double[] half = root.solved(cross);
        double predicted = product(half, root.solved(scaled));
        // Prior variance of a trial by itself is the diagonal of the kernel with all that is its own.
        double prior = new Kernel(features, new int[] {candidate}, new int[] {candidate}).covariances(scales)[0][0]
                + scales.rough()
                + scales.noise();
        double deviation = Math.sqrt(Math.max(1e-12, prior - product(half, half)));
        double surprise = ((now - standard.mean) / standard.unit - predicted)
                / (deviation * Math.max(1, rootMeanSquare(surprises)));
        double variance = before.trialVariance(candidate);
        double shift = Math.signum(correlation) * surprise * Math.sqrt(variance / explained);
        return Optional.of(new Posterior.Evidence(
                candidate, before.means()[candidate] + shift, variance * (1 - explained) / explained));
    }

    /** The squared correlation that is expected elsewhere, smaller than among the few that it was computed from. */
    private double explained(double correlation) {
        int count = trained.size();
        if (count < 4) {
            return 0;
        }
        double adjusted = 1 - (1 - correlation * correlation) * (count - 1) / (count - 2);
        return Math.min(HIGHEST_CORRELATION, Math.max(0, adjusted));
    }

    private static double logarithm(double loss) {
        return loss > 0 && Double.isFinite(loss) ? Math.log(loss) : Double.NaN;
    }
}
