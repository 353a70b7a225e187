package dev.narrows.jobs.training;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.search.PauseRule;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trials that a search opens, as results come in. What it has opened follows from the rows alone, so a driver that
 * comes back opens the same.
 */
public final class SearchedTrials {
    private final SearchSource source;
    private final List<Trial> candidates;
    private final Set<String> candidateIds;
    private final KnownRows rows;
    private final ResultsFolder folder;
    private final Consumer<String> note;
    private StudySearch search;
    private int endingsBefore = -1;
    private Set<String> goingOnBefore = Set.of();
    private Map<String, PauseRule> rules = Map.of();
    private int batchesTold;

    /**
     * @param source of the search, asked each time
     * @param candidates trials that the search may open
     * @param note callback for a line to the user on each batch
     */
    public SearchedTrials(
            SearchSource source, List<Trial> candidates, KnownRows rows, ResultsFolder folder, Consumer<String> note) {
        this.source = source;
        search = source.get();
        this.candidates = List.copyOf(candidates);
        candidateIds = candidates.stream().map(Trial::id).collect(Collectors.toSet());
        this.rows = rows;
        this.folder = folder;
        this.note = note;
    }

    /** Takes up the trials that may begin now and did not belong to the study before, and those that may go on. */
    public List<Trial> open() {
        StudySearch asked = source.get();
        if (asked.equals(search) && rows.endings() == endingsBefore) {
            return List.of();
        }
        search = asked;
        endingsBefore = rows.endings();
        SearchState state = search.state(rows.ofTheStudy());
        Set<String> open = Set.copyOf(state.open());
        rules = state.rules();
        Set<String> known = new HashSet<>(rows.trialIds());
        List<Trial> wanted = candidates.stream()
                .filter(trial -> open.contains(trial.variantId()) && search.takes(state, trial))
                .toList();
        List<Trial> begin =
                wanted.stream().filter(trial -> !known.contains(trial.id())).toList();
        List<Trial> goOn = wanted.stream().filter(rows::isPaused).toList();
        rows.add(begin);
        rows.goOn(goOn);
        if (!begin.isEmpty() || !rows.goingOn().equals(goingOnBefore)) {
            goingOnBefore = rows.goingOn();
            folder.keepTrials(rows.trialIds(), goingOnBefore);
        }
        tell(state, open);
        return Stream.concat(begin.stream(), goOn.stream()).toList();
    }

    /** The rule by which a trial pauses; one that nothing stops for trials that the search has not chosen. */
    PauseRule pauseRule(Trial trial) {
        return candidateIds.contains(trial.id())
                ? rules.getOrDefault(trial.variantId(), PauseRule.NONE)
                : PauseRule.NONE;
    }

    /** True where more may open although no trial ends: the search is still to go beyond its sample. */
    public boolean isPending() {
        return source.isPending();
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
        Map<Integer, Long> paused = state.decisions().stream()
                .filter(decision -> decision.verdict() == SearchDecision.Verdict.PAUSED)
                .collect(Collectors.groupingBy(SearchDecision::batch, Collectors.counting()));
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
            left += paused.getOrDefault(batch.getKey(), 0L).intValue();
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
        int goingOn = goingOn(batch);
        int trials =
                batch.stream().mapToInt(decision -> decision.choices().size()).sum();
        int most = batch.size() * search.choices();
        return "Search: batch %d, %s%s%s, %s"
                .formatted(
                        number,
                        Numbers.counted(batch.size(), "variant"),
                        goingOn == 0 ? "" : ", %d of them after a pause".formatted(goingOn),
                        trials == most ? "" : " (%d of %d trials)".formatted(trials, most),
                        expected);
    }

    private static int goingOn(List<SearchDecision> batch) {
        return (int) batch.stream()
                .filter(decision -> decision.verdict() == SearchDecision.Verdict.RESUMED)
                .count();
    }
}
