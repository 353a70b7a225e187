package dev.narrows.jobs.report;

import dev.narrows.jobs.report.Page.Told;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.tradeoff.answer.Sentence;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import java.util.List;
import java.util.Locale;

/**
 * The answer as the top of the page shows it.
 *
 * @param first sentences that are always in view
 * @param further comparisons that the question does not name, beyond the first few
 */
record Telling(List<Told> first, List<Told> further) {
    /** Most comparisons in view. */
    private static final int MOST = 8;

    static Telling of(Answer answer) {
        List<Sentence> compared =
                answer.sentences().stream().filter(Telling::compares).toList();
        int shown = (int) Math.max(
                MOST, compared.stream().filter(Sentence::asked).limit(2 * MOST).count());
        List<Sentence> further = compared.size() > shown ? compared.subList(shown, compared.size()) : List.of();
        return new Telling(
                answer.sentences().stream()
                        .filter(sentence -> !further.contains(sentence))
                        .map(Telling::told)
                        .toList(),
                further.stream().map(Telling::told).toList());
    }

    private static boolean compares(Sentence sentence) {
        return sentence.subject() == Subject.KNOB || sentence.subject() == Subject.FAMILIES;
    }

    private static Told told(Sentence sentence) {
        String kind = switch (sentence.subject()) {
            case KNOB, FAMILIES -> sentence.standing().name().toLowerCase(Locale.ROOT);
            case CHOICE -> "take";
            case RESERVATION, PROGRESS -> "note";
        };
        return new Told(kind, sentence.words());
    }
}
