package dev.narrows.jobs.dispatch;

import dev.narrows.jobs.blame.Death;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.List;

/**
 * Something that a run's trials meet, as {@link Dispatch} hears of it. Events of a trial that is not in flight are
 * late.
 */
public sealed interface Event {
    /** Calls the visitor's method for this kind of event. */
    List<Decision> tell(Visitor visitor);

    /**
     * Trials may be in flight up to this number: in company, or each alone in its process where {@link
     * Dispatch#isQuarantine()}.
     */
    record Room(int places) implements Event {
        public Room {
            if (places < 1) {
                throw new IllegalArgumentException("Cannot run trials in %d places".formatted(places));
            }
        }

        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.room(this);
        }
    }

    /** Trials may begin that the study did not want before, such as the next batch of a search. */
    record TrialsOpened(List<Trial> trials) implements Event {
        public TrialsOpened {
            trials = List.copyOf(trials);
        }

        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.opened(this);
        }
    }

    /** A trial ended, and its row is kept. */
    record TrialEnded(Trial trial, TrialResult result) implements Event {
        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.ended(this);
        }
    }

    /** The process of a trial died, after the trial had ended and its row was kept. */
    record DiedAfterwards(Trial trial, TrialResult result) implements Event {
        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.diedAfterwards(this);
        }
    }

    /** The process of a trial died, and there is no row of it. */
    record ProcessDied(Trial trial, Death death) implements Event {
        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.died(this);
        }
    }

    /**
     * The job of a trial came to nothing for a reason that is not the trial's.
     *
     * @param error the error that ends the study, unless the job was cancelled
     */
    record JobFailed(Trial trial, RuntimeException error) implements Event {
        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.failed(this);
        }
    }

    /** A trial hangs inside the driver's own process, which nothing ends but the end of that; its row is kept. */
    record TrialHangs(Trial trial, TrialResult result) implements Event {
        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.hangs(this);
        }
    }

    /** A person wants the run to end. */
    record RunCancelled() implements Event {
        @Override
        public List<Decision> tell(Visitor visitor) {
            return visitor.cancelled(this);
        }
    }

    /** One method for each kind of event, so that the compiler finds a class that forgets one. */
    interface Visitor {
        List<Decision> room(Room room);

        List<Decision> opened(TrialsOpened opened);

        List<Decision> ended(TrialEnded ended);

        List<Decision> diedAfterwards(DiedAfterwards died);

        List<Decision> died(ProcessDied died);

        List<Decision> failed(JobFailed failed);

        List<Decision> hangs(TrialHangs hangs);

        List<Decision> cancelled(RunCancelled cancelled);
    }
}
