package dev.narrows.tradeoff.answer;

import dev.narrows.search.SearchState;
import dev.narrows.study.setting.ValueReader;
import dev.narrows.tradeoff.SearchRecords;
import dev.narrows.tradeoff.SearchRecords.Standing;
import dev.narrows.tradeoff.StudyResults;
import java.util.Locale;
import java.util.Optional;

/** The ledger of a search in words: the part of the grid that it trained, and what the rest may hold. */
public final class SearchSentence {
    /** Widening of intervals from which it is worth a word. */
    private static final double TOLD_WIDENING = 1.05;

    private SearchSentence() {}

    /** The sentence; empty where the whole grid is trained, or the search is not known. */
    public static Optional<String> of(StudyResults results) {
        return SearchRecords.of(results).map(SearchSentence::words);
    }

    private static String words(SearchRecords records) {
        SearchState state = records.state();
        if (state.note().isPresent()) {
            return state.note().get() + ".";
        }
        int trained = records.count(Standing.TRAINED);
        int paused = records.count(Standing.PAUSED);
        int others = records.count(Standing.OPEN) + records.count(Standing.SKIPPED) + paused;
        if (others == 0) {
            return "The search trained all %,d variants.".formatted(trained);
        }
        String expected = state.ledger().isPresent()
                ? String.format(
                        Locale.ENGLISH,
                        " Among the %s, %.2g members of the front within %s are expected (risk %s).",
                        (state.over() && paused == 0 ? "%,d left out" : "%,d others").formatted(others),
                        state.ledger().getAsDouble(),
                        ValueReader.plain(records.spec().tolerance()),
                        ValueReader.plain(records.spec().risk()))
                : "";
        String widened = state.widening() > TOLD_WIDENING
                ? String.format(
                        Locale.ENGLISH,
                        " Its predictions of trained variants missed by more than they said, so it widened all"
                                + " intervals %.2f times.",
                        state.widening())
                : "";
        int trials = records.trialsLeftOut();
        String choices = trials == 0
                ? ""
                : " It left out %,d of their trials, with training settings that are seldom the best."
                        .formatted(trials);
        return "The search %s %,d of %,d variants%s%s.%s%s%s"
                .formatted(
                        state.over() ? "trained" : "has trained",
                        trained,
                        trained + others,
                        paused == 0 ? "" : ", paused the trials of %,d".formatted(paused),
                        state.over() ? "" : " and is not over",
                        choices,
                        expected,
                        widened);
    }
}
