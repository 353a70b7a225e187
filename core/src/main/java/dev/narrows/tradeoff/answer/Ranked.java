package dev.narrows.tradeoff.answer;

import dev.narrows.study.Study;
import dev.narrows.tradeoff.Effects;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sentences about knobs and families in the order of a reader's interest: what the question names in its order, then
 * settled differences, the largest first.
 */
final class Ranked {
    private Ranked() {}

    private record Entry(Sentence sentence, int place) {}

    private static final int NOT_ASKED = Integer.MAX_VALUE;

    static List<Sentence> sentences(Grounds grounds) {
        Optional<QuestionWords> question =
                grounds.results().study().flatMap(Study::question).map(QuestionWords::new);
        List<Entry> entries = new ArrayList<>();
        FamilySentences.pairs(grounds).forEach(families -> {
            OptionalInt one =
                    question.map(words -> words.ofFamily(families.of())).orElse(OptionalInt.empty());
            OptionalInt other =
                    question.map(words -> words.ofFamily(families.against())).orElse(OptionalInt.empty());
            // A question that names one of two families need not be about the other.
            int place = one.isPresent() && other.isPresent() ? Math.min(one.getAsInt(), other.getAsInt()) : NOT_ASKED;
            entries.add(entry(FamilySentences.of(grounds, families), place));
        });
        KnobSentences knobs = new KnobSentences(grounds);
        grounds.families()
                .forEach((family, members) -> Effects.axes(members, grounds.solved())
                        .forEach(knob -> entries.add(entry(
                                knobs.of(family, knob, members),
                                question.map(words -> words.ofKnob(knob))
                                        .orElse(OptionalInt.empty())
                                        .orElse(NOT_ASKED)))));
        return entries.stream()
                .sorted(Comparator.comparingInt(Entry::place)
                        .thenComparing(entry -> rank(entry.sentence.standing()))
                        .thenComparing(entry -> -size(entry.sentence)))
                .map(Entry::sentence)
                .toList();
    }

    private static Entry entry(Sentence sentence, int place) {
        return new Entry(place == NOT_ASKED ? sentence : sentence.askedFor(), place);
    }

    private static int rank(Standing standing) {
        return switch (standing) {
            case SETTLED -> 0;
            case OPEN -> 1;
            case UNKNOWN, STATED -> 2;
        };
    }

    private static double size(Sentence sentence) {
        return sentence.comparison()
                .map(comparison -> Math.abs(comparison.quality().value()))
                .filter(Double::isFinite)
                .orElse(0.0);
    }
}
