package dev.narrows.benchmarks.replay;

import dev.narrows.data.random.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Other ways to spend the same number of epochs on a stored study. */
final class OtherWays {
    private static final int BANDS = 4;
    private static final int HALVING = 2;

    private final StoredStudy study;
    private final int seed;
    private final int[] order;

    /** @param seed number of the seed that is trained */
    OtherWays(StoredStudy study, int seed, long run) {
        this.study = study;
        this.seed = seed;
        order = IntStream.range(0, study.size()).toArray();
        Seeds.shuffle(Seeds.generator(run, "rivals", 0), order);
    }

    /** Variants in an order, each trained whole, as long as the budget lasts. */
    Spent inOrder(int[] indices, long budget) {
        BitSet trained = new BitSet();
        long epochs = 0;
        for (int i : indices) {
            if (epochs + study.epochs() <= budget && !trained.get(i)) {
                trained.set(i);
                epochs += study.epochs();
            }
        }
        return new Spent(trained, epochs);
    }

    Spent random(long budget) {
        return inOrder(order, budget);
    }

    /** All variants for a quarter of their epochs; then those of the best fronts of that accuracy go on to the end. */
    Spent shortTraining(long budget) {
        int epochs = Math.max(1, study.epochs() / 4);
        List<Integer> all = IntStream.of(order).boxed().toList();
        int[] rank = fronts(all, epochs);
        List<Integer> ranked = new ArrayList<>(all);
        ranked.sort(Comparator.comparingInt(i -> rank[i]));
        BitSet trained = new BitSet();
        long spent = (long) epochs * study.size();
        for (int i : ranked) {
            if (spent + study.epochs() - epochs <= budget) {
                trained.set(i);
                spent += study.epochs() - epochs;
            }
        }
        return new Spent(trained, spent);
    }

    /** ASHA with rungs by halves of the epochs; promotions by accuracy among the variants of one quarter of MACs. */
    Spent ashaByBand(long budget) {
        List<Integer> byMacs = IntStream.range(0, study.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        i -> study.candidates().get(i).cost().macs()))
                .toList();
        int[] band = new int[study.size()];
        for (int r = 0; r < byMacs.size(); r++) {
            band[byMacs.get(r)] = r * BANDS / byMacs.size();
        }
        return halving(budget, (here, epochs) -> {
            List<Integer> promoted = new ArrayList<>();
            for (int b = 0; b < BANDS; b++) {
                int wanted = b;
                List<Integer> own = new ArrayList<>(
                        here.stream().filter(i -> band[i] == wanted).toList());
                own.sort(Comparator.comparingDouble(i -> -accuracy(i, epochs)));
                promoted.addAll(own.subList(0, own.size() / HALVING));
            }
            return promoted;
        });
    }

    /** MO-ASHA: promotions by front of accuracy and costs. */
    Spent moAsha(long budget) {
        return halving(budget, (here, epochs) -> {
            int[] rank = fronts(here, epochs);
            List<Integer> ranked = new ArrayList<>(here);
            ranked.sort(Comparator.comparingInt(i -> rank[i]));
            return ranked.subList(0, ranked.size() / HALVING);
        });
    }

    private interface Promotion {
        List<Integer> of(List<Integer> here, int epochs);
    }

    private Spent halving(long budget, Promotion promotion) {
        List<Integer> rungs = new ArrayList<>();
        for (int e = study.epochs(); e >= Math.max(1, study.epochs() / 4); e /= HALVING) {
            rungs.add(0, e);
        }
        List<List<Integer>> at = new ArrayList<>();
        rungs.forEach(rung -> at.add(new ArrayList<>()));
        int begun = 0;
        long spent = 0;
        while (true) {
            int chosen = -1;
            int to = 0;
            for (int r = rungs.size() - 2; r >= 0 && chosen < 0; r--) {
                for (int i : promotion.of(at.get(r), rungs.get(r))) {
                    if (chosen < 0 && !at.get(r + 1).contains(i)) {
                        chosen = i;
                        to = r + 1;
                    }
                }
            }
            if (chosen < 0 && begun < order.length) {
                chosen = order[begun++];
            }
            // Once all are begun and none may be promoted, those at the highest rungs go on.
            for (int r = rungs.size() - 2; r >= 0 && chosen < 0; r--) {
                for (int i : at.get(r)) {
                    if (chosen < 0 && !at.get(r + 1).contains(i)) {
                        chosen = i;
                        to = r + 1;
                    }
                }
            }
            int cost = chosen < 0 ? 0 : rungs.get(to) - (to == 0 ? 0 : rungs.get(to - 1));
            if (chosen < 0 || spent + cost > budget) {
                break;
            }
            spent += cost;
            at.get(to).add(chosen);
        }
        BitSet trained = new BitSet();
        at.get(rungs.size() - 1).forEach(trained::set);
        return new Spent(trained, spent);
    }

    private double accuracy(int candidate, int epochs) {
        return study.trials().get(candidate).get(seed).accuracies().get(epochs - 1);
    }

    /** Number of the front that each variant of a list is on, from 0, by accuracy after some epochs and costs. */
    private int[] fronts(List<Integer> here, int epochs) {
        int[] rank = new int[study.size()];
        List<Integer> rest = new ArrayList<>(here);
        for (int front = 0; !rest.isEmpty(); front++) {
            List<Integer> remaining = List.copyOf(rest);
            for (int i : remaining) {
                if (remaining.stream().noneMatch(j -> dominates(j, i, epochs))) {
                    rank[i] = front;
                    rest.remove((Integer) i);
                }
            }
        }
        return rank;
    }

    private boolean dominates(int one, int other, int epochs) {
        List<Double> costs = study.candidates().get(one).losses();
        List<Double> others = study.candidates().get(other).losses();
        boolean better = accuracy(one, epochs) > accuracy(other, epochs);
        boolean noWorse = accuracy(one, epochs) >= accuracy(other, epochs);
        for (int c = 0; c < costs.size(); c++) {
            better |= costs.get(c) < others.get(c);
            noWorse &= costs.get(c) <= others.get(c);
        }
        return better && noWorse;
    }
}
