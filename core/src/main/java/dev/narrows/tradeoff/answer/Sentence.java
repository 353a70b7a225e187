package dev.narrows.tradeoff.answer;

import java.util.Optional;

/**
 * One sentence of an answer.
 *
 * @param asked true if the study's question names its subject
 * @param words with a full stop
 * @param comparison figures of a sentence that compares two values of a knob, or two families
 */
public record Sentence(
        Subject subject, Standing standing, boolean asked, String words, Optional<Comparison> comparison) {
    /** Subject of a sentence. */
    public enum Subject {
        /** Two values of a knob of one family. */
        KNOB,
        FAMILIES,
        /** The variant to take for a budget. */
        CHOICE,
        /** Open differences together, or latencies that qualify the rest. */
        RESERVATION,
        /** Trials that have not ended. */
        PROGRESS
    }

    /** Certainty of a sentence. */
    public enum Standing {
        /** Its interval excludes zero. */
        SETTLED,
        /** Its interval contains zero. */
        OPEN,
        /** It has no interval, or there is nothing to compare. */
        UNKNOWN,
        /** It compares nothing. */
        STATED
    }

    static Sentence of(Subject subject, Standing standing, String words) {
        return new Sentence(subject, standing, false, words, Optional.empty());
    }

    static Sentence of(Subject subject, Comparison comparison, String words) {
        return new Sentence(subject, comparison.standing(), false, words, Optional.of(comparison));
    }

    Sentence askedFor() {
        return new Sentence(subject, standing, true, words, comparison);
    }
}
