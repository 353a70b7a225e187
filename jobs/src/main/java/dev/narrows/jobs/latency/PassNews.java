package dev.narrows.jobs.latency;

import dev.narrows.files.Folder;
import dev.narrows.jobs.cluster.HadoopSettings;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress of a latency pass, from the process that measures to the driver, through a file of the results folder: until
 * its task ends, an executor reaches the driver otherwise only by its slow heartbeat.
 *
 * @param results a path that all executors reach
 */
record PassNews(String results) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(PassNews.class);

    private static final String FILE = "_latency";

    /** Time between two reports; an object store takes some tens of milliseconds for each. */
    static final long EVERY_NANOS = 2_000_000_000;

    /** The moment of this process's last report. */
    private static final AtomicLong TOLD = new AtomicLong(Long.MIN_VALUE);

    /**
     * A message.
     *
     * @param done probes
     * @param waits the processes that the pass waits for; empty while it measures
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

    /** Reports finished probes, of many in a row only some. */
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
            // A failed report does not end the pass.
            LOG.info("Cannot report the progress of the latency pass: {}", e.getMessage());
        }
    }

    Word heard() {
        try {
            return folder().text(FILE).map(Word::of).orElse(Word.NONE);
        } catch (UncheckedIOException e) {
            LOG.info("Cannot read the progress of the latency pass: {}", e.getMessage());
            return Word.NONE;
        }
    }

    /** Deletes the report of an earlier pass. */
    void forget() {
        TOLD.set(Long.MIN_VALUE);
        folder().delete(FILE);
    }

    private Folder folder() {
        return Folder.at(results, HadoopSettings.here());
    }
}
