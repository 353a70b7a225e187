package dev.narrows.jobs.latency;

import dev.narrows.files.Folder;
import dev.narrows.jobs.cluster.HadoopSettings;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress of a latency pass, told by the process that measures and heard by the driver, through a file of the results'
 * folder: before its task ends an executor has no other word for the driver that is quicker than its heartbeat.
 *
 * @param results a path that all executors reach
 */
record PassNews(String results) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(PassNews.class);

    private static final String FILE = "_latency";

    /** Between two words of how far it is; an object store takes some tens of milliseconds for each. */
    static final long EVERY_NANOS = 2_000_000_000;

    /** When this process last told how far it is. */
    private static final AtomicLong TOLD = new AtomicLong(Long.MIN_VALUE);

    /**
     * A message.
     *
     * @param done probes
     * @param waits for whom the pass waits; empty where it measures
     */
    record Word(int done, String waits) {
        static final Word NONE = new Word(0, "");

        private static Word of(String text) {
            int space = text.indexOf(' ');
            try {
                return space < 0
                        ? NONE
                        : new Word(Integer.parseInt(text.substring(0, space)), text.substring(space + 1));
            } catch (NumberFormatException e) {
                return NONE;
            }
        }
    }

    void waits(String whom) {
        tell(0, whom);
    }

    /** Of many in a row only some are told. */
    void done(int probes) {
        long now = System.nanoTime();
        long told = TOLD.get();
        if (told == Long.MIN_VALUE || now - told > EVERY_NANOS) {
            TOLD.set(now);
            tell(probes, "");
        }
    }

    private void tell(int done, String waits) {
        try {
            folder().write(FILE, done + " " + waits);
        } catch (UncheckedIOException e) {
            // A pass of minutes is not lost for a word about it.
            LOG.info("How far the latency pass is cannot be told: {}", e.getMessage());
        }
    }

    Word heard() {
        try {
            return folder().text(FILE).map(Word::of).orElse(Word.NONE);
        } catch (UncheckedIOException e) {
            LOG.info("How far the latency pass is cannot be read: {}", e.getMessage());
            return Word.NONE;
        }
    }

    /** Takes away what an earlier pass has said. */
    void forget() {
        TOLD.set(Long.MIN_VALUE);
        folder().delete(FILE);
    }

    private Folder folder() {
        return Folder.at(results, HadoopSettings.here());
    }
}
