package dev.narrows.tradeoff;

import dev.narrows.results.Foretold;
import dev.narrows.results.SearchRow;
import dev.narrows.results.TrialRow;
import dev.narrows.search.Prediction;
import dev.narrows.search.SearchDecision;
import dev.narrows.search.SearchState;
import dev.narrows.study.Measure;
import dev.narrows.study.SearchSpec;
import dev.narrows.trial.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The decisions of a study's search as rows, and the standing of each variant in it. */
public final class SearchRecords {
    private final String study;
    private final StudySearch search;
    private final SearchState state;
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Prediction> predictions = new HashMap<>();

    /** The standing of a variant in a search. */
    public enum Standing {
        /** Its trial has ended, whatever came of it. */
        TRAINED,
        /** Its trial paused, and is to go on only where its chance grows. */
        PAUSED,
        /** The search is not over, and may train it. */
        OPEN,
        /** The search ended without it. */
        SKIPPED;

        /** As tables write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private SearchRecords(StudyResults results, StudySearch search) {
        study = results.name();
        this.search = search;
        state = search.state(results.trials());
        results.plan().stream()
                .flatMap(plan -> plan.variants().stream())
                .forEach(variant -> labels.put(variant.id(), variant.label()));
        results.trials().stream()
                .filter(row -> row.outcome() != Outcome.PAUSED)
                .map(TrialRow::variantId)
                .filter(labels::containsKey)
                .forEach(id -> standings.put(id, Standing.TRAINED));
        for (SearchDecision decision : state.decisions()) {
            decision.prediction().ifPresent(told -> predictions.put(decision.variantId(), told));
        }
        state.paused().keySet().forEach(id -> standings.putIfAbsent(id, Standing.PAUSED));
        labels.keySet().forEach(id -> standings.putIfAbsent(id, state.over() ? Standing.SKIPPED : Standing.OPEN));
    }

    /** The records of the search of a study; empty where its whole grid is trained, or the search is not known. */
    public static Optional<SearchRecords> of(StudyResults results) {
        return results.search().map(search -> new SearchRecords(results, search));
    }

    /** The state that all of it follows from. */
    public SearchState state() {
        return state;
    }

    /** The settings of the search. */
    public SearchSpec spec() {
        return search.spec();
    }

    /** Measure of quality that is predicted. */
    public Measure quality() {
        return search.quality();
    }

    /** Number of trials of variants that have begun which were left out, as their training settings are seldom best. */
    public int trialsLeftOut() {
        return state.choices().values().stream()
                .mapToInt(own -> search.choices() - own.size())
                .sum();
    }

    /** Number of variants of a standing. */
    public int count(Standing standing) {
        return (int)
                standings.values().stream().filter(other -> other == standing).count();
    }

    /** The rows of all decisions, in their order. */
    public List<SearchRow> rows() {
        return state.decisions().stream().map(this::row).toList();
    }

    private SearchRow row(SearchDecision decision) {
        return new SearchRow(
                study,
                decision.variantId(),
                labels.getOrDefault(decision.variantId(), ""),
                decision.batch() + 1,
                decision.epoch().isPresent() ? decision.epoch().getAsInt() : null,
                decision.verdict().begins() ? decision.choices().size() : null,
                decision.verdict().word(),
                decision.prediction().map(this::foretold).orElse(null),
                decision.ledger().isPresent() ? decision.ledger().getAsDouble() : null);
    }

    private Foretold foretold(Prediction told) {
        return new Foretold(
                told.chance(),
                told.quality(),
                told.lower(),
                told.upper(),
                told.rival().orElse(null),
                told.rival().map(labels::get).orElse(null));
    }

    /** The standing of a variant; one that is no candidate counts as left out. */
    public Standing standing(String variantId) {
        return standings.getOrDefault(variantId, Standing.SKIPPED);
    }

    /** The last prediction for a variant that is not trained; empty for others, and before there is a model. */
    public Optional<Foretold> foretold(String variantId) {
        return standing(variantId) == Standing.TRAINED
                ? Optional.empty()
                : Optional.ofNullable(predictions.get(variantId)).map(this::foretold);
    }
}
