package dev.narrows.search;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/** The scales that are most probable after the results: marginal likelihood times prior. */
final class ScaleFit {
    private static final double FIRST_STEP = 0.7;
    private static final double LAST_STEP = 0.02;
    private static final int EVALUATIONS_PER_SCALE = 14;
    private static final double IMPOSSIBLE = 1e6;

    private final Kernel kernel;
    private final double[] qualities;
    private double least = Double.POSITIVE_INFINITY;
    private double[] best;

    private ScaleFit(Kernel kernel, double[] qualities, int scales) {
        this.kernel = kernel;
        this.qualities = qualities;
        this.best = new double[scales];
    }

    /**
     * Fits the scales.
     *
     * @param kernel of the trained variants
     * @param qualities theirs, of mean 0 and variance 1
     */
    static Scales of(Kernel kernel, double[] qualities, int groups) {
        int scales = Scales.count(groups);
        ScaleFit fit = new ScaleFit(kernel, qualities, scales);
        double[] bounds = new double[scales];
        Arrays.fill(bounds, Scales.BOUND);
        double[] below = bounds.clone();
        for (int i = 0; i < scales; i++) {
            below[i] = -bounds[i];
        }
        try {
            new BOBYQAOptimizer(2 * scales + 1, FIRST_STEP, LAST_STEP)
                    .optimize(
                            new MaxEval(2 * scales + 1 + EVALUATIONS_PER_SCALE * scales),
                            new ObjectiveFunction(fit::cost),
                            GoalType.MINIMIZE,
                            new InitialGuess(new double[scales]),
                            new SimpleBounds(below, bounds));
        } catch (MathRuntimeException e) {
            // It ran out of evaluations, or its model of the likelihood broke: the best so far counts.
        }
        return Scales.at(fit.best);
    }

    /** Minus the logarithm of the posterior density, but for a constant. */
    private double cost(double[] at) {
        Scales scales = Scales.at(at);
        double[][] covariances = kernel.covariances(scales);
        for (int i = 0; i < qualities.length; i++) {
            covariances[i][i] += scales.rough() + scales.noise();
        }
        double cost = IMPOSSIBLE;
        try {
            Root root = Root.of(covariances);
            cost = root.logDeterminant();
            for (double half : root.solved(qualities)) {
                cost += half * half / 2;
            }
            for (double deviation : at) {
                cost += deviation * deviation / 2;
            }
        } catch (IllegalArgumentException e) {
            // Not positive definite within the precision of doubles.
        }
        if (cost < least) {
            least = cost;
            best = at.clone();
        }
        return cost;
    }
}
