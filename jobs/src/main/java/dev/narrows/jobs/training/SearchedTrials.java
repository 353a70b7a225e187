package dev.narrows.jobs.training;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.search.SearchDecision;
import dev.narrows.search.SearchState;
import dev.narrows.tradeoff.StudySearch;
import dev.narrows.trial.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The trials that a search opens, as results come in. What it has opened follows from the rows alone, so a driver that
 * comes back opens the same.
 */
public final class SearchedTrials {
    private final Supplier<StudySearch> source;
    private final List<Trial> candidates;
    private final KnownRows rows;
    private final ResultsFolder folder;
    private final Consumer<String> note;
    private StudySearch search;
    private int endedBefore = -1;
    private int batchesTold;

    /**
     * @param source of the search, asked each time: at first perhaps one that does not go beyond its sample
     * @param candidates trials that the search may open
     * @param note callback for a line to the user on each batch
     */
    public SearchedTrials(
            Supplier<StudySearch> source,
            List<Trial> candidates,
            KnownRows rows,
            ResultsFolder folder,
            Consumer<String> note) {
        this.source = source;
        search = source.get();
        this.candidates = List.copyOf(candidates);
        this.rows = rows;
        this.folder = folder;
        this.note = note;
    }

    /** Takes up the trials that may begin now and did not belong to the study before. */
    public List<Trial> open() {
        StudySearch asked = source.get();
        if (asked.equals(search) && rows.ids().size() == endedBefore) {
            return List.of();
        }
        search = asked;
        endedBefore = rows.ids().size();
        SearchState state = search.state(rows.ofTheStudy());
        Set<String> open = Set.copyOf(state.open());
        Set<String> known = new HashSet<>(rows.trialIds());
        List<Trial> opened = candidates.stream()
                .filter(trial ->
                        open.contains(trial.variantId()) && search.takes(state, trial) && !known.contains(trial.id()))
                .toList();
        if (!opened.isEmpty()) {
            rows.add(opened);
            folder.keepTrials(rows.trialIds());
        }
        tell(state, open);
        return opened;
    }

    /** True where more may open although no trial ends: the search is still to go beyond its sample. */
    public boolean isPending() {
        return search.isSampleOnly();
    }

    /** Tells of each batch that begins; of those that an earlier driver began, only where a trial is still missing. */
    private void tell(SearchState state, Set<String> open) {
        if (state.note().isPresent()) {
            if (batchesTold == 0 && !open.isEmpty()) {
                note.accept(state.note().get());
            }
            batchesTold = 1;
            return;
        }
        Map<Integer, List<SearchDecision>> begun = state.decisions().stream()
                .filter(decision -> decision.verdict().begins())
                .collect(Collectors.groupingBy(SearchDecision::batch, TreeMap::new, Collectors.toList()));
        int left = search.size();
        for (Map.Entry<Integer, List<SearchDecision>> batch : begun.entrySet()) {
            left -= batch.getValue().size();
            if (batch.getKey() >= batchesTold) {
                batchesTold = batch.getKey() + 1;
                if (batch.getValue().stream().anyMatch(decision -> open.contains(decision.variantId()))) {
                    note.accept(line(batchesTold, batch.getValue(), left));
                }
            }
        }
    }

    private String line(int number, List<SearchDecision> batch, int left) {
        OptionalDouble ledger = batch.get(0).ledger();
        String expected = ledger.isEmpty() || batch.get(0).verdict() == SearchDecision.Verdict.SAMPLED
                ? "drawn at random"
                : String.format(
                        Locale.ENGLISH,
                        "the likeliest; %.2g members of the front expected among the other %d",
                        ledger.getAsDouble(),
                        left);
        int trials =
                batch.stream().mapToInt(decision -> decision.choices().size()).sum();
        int most = batch.size() * search.choices();
        return "Search: batch %d, %s%s, %s"
                .formatted(
                        number,
                        Numbers.counted(batch.size(), "variant"),
                        trials == most ? "" : " (%d of %d trials)".formatted(trials, most),
                        expected);
    }
}
