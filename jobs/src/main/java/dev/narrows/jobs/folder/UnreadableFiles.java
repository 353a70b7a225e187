package dev.narrows.jobs.folder;

import java.util.ArrayList;
import java.util.List;

/** The files of a journal that a command could not read, in sentences for people. */
public final class UnreadableFiles {
    private static final int MOST_TOLD = 3;

    private final List<String> sentences = new ArrayList<>();

    /** Takes what the journal says of a trial's file. */
    public void row(String sentence) {
        sentences.add(sentence + "; its trial counts as not ended: narrows run trains it again");
    }

    /** Takes what the journal says of a latency's file. */
    public void latency(String sentence) {
        sentences.add(sentence + "; its latency counts as not measured: narrows run measures it again");
    }

    /** A line for each of the first few, and one for the number of the others. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(sentences.stream().limit(MOST_TOLD).toList());
        if (sentences.size() > MOST_TOLD) {
            notes.add("%d more files of the journal cannot be read, and count as not there"
                    .formatted(sentences.size() - MOST_TOLD));
        }
        return notes;
    }
}
