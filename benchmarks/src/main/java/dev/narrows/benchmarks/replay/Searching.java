package dev.narrows.benchmarks.replay;

import dev.narrows.search.SearchCourse;
import dev.narrows.search.SearchSettings;
import dev.narrows.search.SearchState;
import dev.narrows.search.VariantProgress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** One search, replayed: whatever the course opens is answered from the stored study. */
final class Searching {
    private final StoredStudy study;

    Searching(StoredStudy study) {
        this.study = study;
    }

    /** The end of a search, with the ledger that it promised. */
    record Found(Spent spent, double ledger, double widening) {}

    /** @param seed number of the seed that counts as the study's first */
    Found search(SearchSettings settings, int seed) {
        SearchCourse course = new SearchCourse(study.candidates(), settings);
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < study.size(); i++) {
            indices.put(study.candidates().get(i).variantId(), i);
        }
        Map<String, VariantProgress> progress = new HashMap<>();
        SearchState standing = course.at(progress);
        while (!standing.over()) {
            // All epochs are told at once: the course itself cuts a curve where it pauses the trial.
            for (String id : standing.open()) {
                int index = indices.getOrDefault(id, -1);
                StoredTrial trial = study.trials().get(index).get(seed);
                progress.put(id, VariantProgress.completed(trial.losses(), study.quality(index, seed)));
            }
            standing = course.at(progress);
        }
        BitSet trained = new BitSet();
        long epochs = 0;
        for (String id : progress.keySet()) {
            Integer pausedAt = standing.paused().get(id);
            epochs += pausedAt == null ? study.epochs() : pausedAt;
            trained.set(indices.getOrDefault(id, -1), pausedAt == null);
        }
        return new Found(new Spent(trained, epochs), standing.ledger().orElse(0), standing.widening());
    }
}
