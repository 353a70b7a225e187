package dev.narrows.search;

import dev.narrows.data.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
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

    /** Steps between two draws, so that they are nearly independent. */
    private static final int STEPS_PER_DRAW = 12;

    private static final double LEAST_ARC = 1e-6;

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
     * The scales that are most probable, and then some drawn from all that the results leave possible. A few results
     * fit many scales; a prediction from the most probable ones alone is too sure.
     *
     * @param kernel of the trained variants
     * @param qualities theirs, of mean 0 and variance 1
     * @param draws number of further ones
     */
    static List<Scales> of(Kernel kernel, double[] qualities, int groups, int draws) {
        ScaleFit fit = new ScaleFit(kernel, qualities, Scales.count(groups));
        fit.climb();
        List<Scales> found = new ArrayList<>(List.of(Scales.at(fit.best)));
        fit.draw(draws).forEach(at -> found.add(Scales.at(at)));
        return found;
    }

    private void climb() {
        int scales = best.length;
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
                            new ObjectiveFunction(this::cost),
                            GoalType.MINIMIZE,
                            new InitialGuess(new double[scales]),
                            new SimpleBounds(below, bounds));
        } catch (MathRuntimeException e) {
            // It ran out of evaluations, or its model of the likelihood broke: the best so far counts.
        }
    }

    /**
     * Draws by elliptical slice sampling (Murray, Adams and MacKay, 2010), which needs no step size: the prior is
     * normal. The generator is the same for all fits, so that the same results give the same draws.
     */
    private List<double[]> draw(int draws) {
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(Seeds.generator(0, "search-scales", qualities.length));
        UniformRandomProvider uniform = Seeds.generator(1, "search-scales", qualities.length);
        List<double[]> drawn = new ArrayList<>();
        double[] at = best.clone();
        double now = misfit(at);
        for (int step = 1; step <= draws * STEPS_PER_DRAW; step++) {
            double[] other = new double[at.length];
            for (int i = 0; i < other.length; i++) {
                other[i] = normal.sample();
            }
            double worst = now - Math.log(1 - uniform.nextDouble());
            double angle = 2 * Math.PI * uniform.nextDouble();
            double low = angle - 2 * Math.PI;
            double high = angle;
            double[] next = turned(at, other, angle);
            double misfit = misfit(next);
            while (misfit > worst && high - low > LEAST_ARC) {
                if (angle < 0) {
                    low = angle;
                } else {
                    high = angle;
                }
                angle = low + (high - low) * uniform.nextDouble();
                next = turned(at, other, angle);
                misfit = misfit(next);
            }
            if (misfit <= worst) {
                at = next;
                now = misfit;
            }
            if (step % STEPS_PER_DRAW == 0) {
                drawn.add(at);
            }
        }
        return drawn;
    }

    private static double[] turned(double[] one, double[] other, double angle) {
        double[] turned = new double[one.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = one[i] * Math.cos(angle) + other[i] * Math.sin(angle);
        }
        return turned;
    }

    /** Minus the logarithm of the posterior density, but for a constant. */
    private double cost(double[] at) {
        double cost = misfit(at);
        for (double deviation : at) {
            cost += deviation * deviation / 2;
        }
        if (cost < least) {
            least = cost;
            best = at.clone();
        }
        return cost;
    }

    /** Minus the logarithm of the marginal likelihood, but for a constant. */
    private double misfit(double[] at) {
        Scales scales = Scales.at(at);
        double[][] covariances = kernel.covariances(scales);
        for (int i = 0; i < qualities.length; i++) {
            covariances[i][i] += scales.rough() + scales.noise();
        }
        try {
            Root root = Root.of(covariances);
            double misfit = root.logDeterminant();
            for (double half : root.solved(qualities)) {
                misfit += half * half / 2;
            }
            return misfit;
        } catch (IllegalArgumentException e) {
            // Not positive definite within the precision of doubles.
            return IMPOSSIBLE;
        }
    }
}
