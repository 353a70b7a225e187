package dev.narrows.search;

import dev.narrows.data.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The course of a search: which trials may start, which stop, and whether it is over, as a pure function of the
 * candidates, the settings and the results so far. It asks neither the time nor the order of results, so a run that was
 * killed at any moment makes the same decisions when it comes back.
 *
 * <p>Variants are trained in batches. Two are random, together the sample. Each further one holds the likeliest members
 * of the front, as seen from the results of all batches but the one before it: while a batch ends, the next one fills
 * the slots. Nothing is chosen where the ledger (the expected number of members among all that are left out or paused)
 * is at most the risk; two such batches in a row, and the search is over, as the second has seen all results.
 *
 * <p>Where trials may stop early, a trial of a batch is looked at after half and after three quarters of its epochs. It
 * pauses where its chance, given its training loss and what the batch was chosen from, is at most a fair share of the
 * risk; the losses from which on that holds are known when the batch is chosen. It resumes, and runs to its end, where
 * its chance exceeds that share when a later batch is chosen. Results after a pause do not count until it is resumed,
 * however far the trial got.
 */
public final class SearchCourse {
    private final List<SearchCandidate> candidates;
    private final List<String> drawn;
    private final SearchSettings settings;
    private final Rounds rounds;

    /** @throws IllegalArgumentException where there is no candidate, or two of one id */
    public SearchCourse(List<SearchCandidate> candidates, SearchSettings settings) {
        this(candidates, candidates.stream().map(SearchCandidate::variantId).toList(), settings);
    }

    /**
     * The same among other variants.
     *
     * @param drawn ids of all variants that are drawn from, those of the candidates among them: so a variant that is no
     *     candidate leaves the sample of the others nearly as it is
     */
    public SearchCourse(List<SearchCandidate> candidates, List<String> drawn, SearchSettings settings) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("Cannot search: there is no variant");
        }
        List<SearchCandidate> sorted = new ArrayList<>(candidates);
        sorted.sort(Comparator.comparing(SearchCandidate::variantId));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).variantId().equals(sorted.get(i - 1).variantId())) {
                throw new IllegalArgumentException("Cannot search: variant %s is there twice"
                        .formatted(sorted.get(i).variantId()));
            }
        }
        this.candidates = List.copyOf(sorted);
        this.drawn = drawn.stream().sorted().distinct().toList();
        this.settings = settings;
        rounds = new Rounds(this.candidates, settings);
    }

    /**
     * The state of the search.
     *
     * @param progress of trials that have begun, by the ids of their variants; ids that are not candidates do not count
     */
    public SearchState at(Map<String, VariantProgress> progress) {
        return at(progress, Walk::search);
    }

    /**
     * The state of a search that does not go beyond its sample. Costs may still be unknown: the sample is drawn from
     * the ids of the candidates.
     *
     * @param progress as in {@link #at}
     */
    public SearchState sampleAt(Map<String, VariantProgress> progress) {
        return at(progress, Walk::sample);
    }

    private interface Part {
        SearchState of(Walk walk, int[] sizes, int[] order);
    }

    private SearchState at(Map<String, VariantProgress> progress, Part part) {
        Walk walk = new Walk(candidates, settings, rounds, progress);
        int variants = candidates.size();
        if (settings.isGrid(variants)) {
            return walk.grid("All %d variants are trained: a search needs more than %d"
                    .formatted(variants, settings.mostOfAGrid()));
        }
        int first = settings.firstSample(variants);
        return part.of(walk, new int[] {first, settings.sampleSize(variants) - first}, order());
    }

    /** The candidates in random order. */
    private int[] order() {
        int[] order = IntStream.range(0, drawn.size()).toArray();
        Seeds.shuffle(Seeds.generator(settings.seed(), "search-sample", 0), order);
        Map<String, Integer> places = new HashMap<>();
        candidates.forEach(candidate -> places.put(candidate.variantId(), places.size()));
        return Arrays.stream(order)
                .mapToObj(drawn::get)
                .filter(places::containsKey)
                .mapToInt(id -> places.getOrDefault(id, 0))
                .toArray();
    }
}
