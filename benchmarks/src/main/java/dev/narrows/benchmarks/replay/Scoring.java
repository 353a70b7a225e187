package dev.narrows.benchmarks.replay;

import dev.narrows.search.SearchCandidate;
import dev.narrows.tradeoff.Hypervolume;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Scores a part of a study's grid that was trained whole, against the means of the whole grid over all seeds. */
final class Scoring {
    private final StoredStudy study;
    private final double[] truth;
    private final BitSet members = new BitSet();
    private final double lowest;
    private final double hypervolume;

    /**
     * The score of one way to spend.
     *
     * @param lost number of members that were not trained
     * @param worst loss of quality at any budget, which is the costs of any variant
     * @param mean loss over all budgets
     * @param hypervolume share that is lost
     * @param compute share of the epochs of the whole grid
     */
    record Score(double lost, double worst, double mean, double hypervolume, double compute) {}

    Scoring(StoredStudy study, double tolerance) {
        this.study = study;
        truth = study.truth();
        lowest = java.util.Arrays.stream(truth).min().orElseThrow();
        for (int i = 0; i < truth.length; i++) {
            members.set(i, best(i, i, all()) < truth[i] - tolerance);
        }
        hypervolume = hypervolume(all());
    }

    int members() {
        return members.cardinality();
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, study.size());
        return all;
    }

    Score of(Spent spent) {
        BitSet lost = (BitSet) members.clone();
        lost.andNot(spent.trained());
        double worst = 0;
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double possible = best(i, -1, all());
            double loss = possible - best(i, -1, spent.trained());
            worst = Math.max(worst, loss);
            sum += loss;
        }
        return new Score(
                lost.cardinality(),
                worst,
                sum / truth.length,
                1 - hypervolume(spent.trained()) / hypervolume,
                (double) spent.epochs() / ((double) study.size() * study.epochs()));
    }

    /** The best quality of a set for the costs of a variant; the lowest of the study where nothing is cheap enough. */
    private double best(int budget, int without, BitSet of) {
        double best = lowest;
        boolean any = false;
        for (int j = of.nextSetBit(0); j >= 0; j = of.nextSetBit(j + 1)) {
            if (j != without
                    && costsNoMore(study.candidates().get(j), study.candidates().get(budget))) {
                best = Math.max(best, truth[j]);
                any = true;
            }
        }
        return any || without < 0 ? best : Double.NEGATIVE_INFINITY;
    }

    private static boolean costsNoMore(SearchCandidate one, SearchCandidate other) {
        for (int c = 0; c < one.losses().size(); c++) {
            if (one.losses().get(c) > other.losses().get(c)) {
                return false;
            }
        }
        return true;
    }

    /** In the box of all variants, costs in logarithms. */
    private double hypervolume(BitSet of) {
        int criteria = 1 + study.candidates().get(0).losses().size();
        double[] least = new double[criteria];
        double[] most = new double[criteria];
        java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < study.size(); i++) {
            double[] point = new double[criteria];
            point[0] = -truth[i];
            for (int c = 1; c < criteria; c++) {
                point[c] = Math.log(study.candidates().get(i).losses().get(c - 1));
            }
            for (int c = 0; c < criteria; c++) {
                least[c] = Math.min(least[c], point[c]);
                most[c] = Math.max(most[c], point[c]);
            }
            points.add(point);
        }
        List<double[]> chosen = new ArrayList<>();
        of.stream().forEach(i -> {
            double[] scaled = new double[criteria];
            for (int c = 0; c < criteria; c++) {
                scaled[c] = (points.get(i)[c] - least[c]) / (most[c] - least[c]);
            }
            chosen.add(scaled);
        });
        double[] corner = new double[criteria];
        java.util.Arrays.fill(corner, 1.0001);
        return Hypervolume.below(chosen, corner);
    }
}
