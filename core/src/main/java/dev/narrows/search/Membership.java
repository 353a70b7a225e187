package dev.narrows.search;

import dev.narrows.data.random.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The members of a front within a tolerance: the candidates that beat, by more than the tolerance, every other that
 * costs no more in anything.
 */
final class Membership {
    /** Joint draws of all qualities: the deviation of a sum of chances is then a hundredth of the sum's root. */
    static final int DRAWS = 1000;

    private final int[][] rivals;
    private final double tolerance;
    private final double[][] normals;
    private final double[][] spare;

    /** @param seed of the draws, which are the same for every prediction, so that chances do not move by luck */
    Membership(List<SearchCandidate> candidates, double tolerance, long seed) {
        this.tolerance = tolerance;
        rivals = IntStream.range(0, candidates.size())
                .mapToObj(i -> IntStream.range(0, candidates.size())
                        .filter(j -> j != i && candidates.get(j).costsNoMore(candidates.get(i)))
                        .toArray())
                .toArray(int[][]::new);
        normals = normals(seed, "search-draws", candidates.size());
        spare = normals(seed, "search-curves", candidates.size());
    }

    private static double[][] normals(long seed, String purpose, int candidates) {
        UniformRandomProvider random = Seeds.generator(seed, purpose, 0);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] normals = new double[DRAWS][candidates];
        for (double[] draw : normals) {
            for (int i = 0; i < draw.length; i++) {
                draw[i] = gaussian.sample();
            }
        }
        return normals;
    }

    /** The members where the qualities are known; NaN is the quality of one that has none, which beats nothing. */
    List<Integer> members(double[] qualities) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < qualities.length; i++) {
            if (isMember(qualities, i)) {
                members.add(i);
            }
        }
        return members;
    }

    private boolean isMember(double[] qualities, int candidate) {
        double quality = qualities[candidate] - tolerance;
        if (Double.isNaN(quality)) {
            return false;
        }
        for (int rival : rivals[candidate]) {
            if (qualities[rival] >= quality) {
                return false;
            }
        }
        return true;
    }

    /** Joint draws of the qualities of all candidates, of each prediction an equal part. */
    double[][] draws(List<Posterior> posteriors) {
        List<double[][]> roots = posteriors.stream()
                .map(posterior -> Root.of(posterior.covariances()).lower())
                .toList();
        double[][] draws = new double[DRAWS][rivals.length];
        for (int d = 0; d < DRAWS; d++) {
            double[][] root = roots.get(d % roots.size());
            double[] means = posteriors.get(d % roots.size()).means();
            for (int i = 0; i < root.length; i++) {
                double sum = means[i];
                double[] row = root[i];
                for (int j = 0; j <= i; j++) {
                    sum += row[j] * normals[d][j];
                }
                draws[d][i] = sum;
            }
        }
        return draws;
    }

    /** The share of draws in which a candidate is a member. */
    double chance(double[][] draws, int candidate) {
        int times = 0;
        for (double[] draw : draws) {
            if (isMember(draw, candidate)) {
                times++;
            }
        }
        return (double) times / draws.length;
    }

    /** The same once a curve has told something of the candidate, from draws of before (Matheron's rule). */
    double chance(double[][] draws, Posterior posterior, Posterior.Evidence evidence) {
        int candidate = evidence.candidate();
        double noise = Math.sqrt(posterior.extra() + evidence.variance());
        double total = posterior.trialVariance(candidate) + evidence.variance();
        int times = 0;
        double[] moved = new double[posterior.means().length];
        for (int d = 0; d < draws.length; d++) {
            double surprise = evidence.quality() - draws[d][candidate] - noise * spare[d][candidate];
            moved[candidate] = draws[d][candidate] + posterior.covariances()[candidate][candidate] / total * surprise;
            for (int rival : rivals[candidate]) {
                moved[rival] = draws[d][rival] + posterior.covariances()[rival][candidate] / total * surprise;
            }
            if (isMember(moved, candidate)) {
                times++;
            }
        }
        return (double) times / draws.length;
    }

    /** The rival that is predicted to be the best; empty where nothing costs as little. */
    OptionalInt strongestRival(double[] qualities, int candidate) {
        int strongest = -1;
        for (int rival : rivals[candidate]) {
            if (!Double.isNaN(qualities[rival]) && (strongest < 0 || qualities[rival] > qualities[strongest])) {
                strongest = rival;
            }
        }
        return strongest < 0 ? OptionalInt.empty() : OptionalInt.of(strongest);
    }
}
