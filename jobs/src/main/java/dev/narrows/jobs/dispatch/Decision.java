package dev.narrows.jobs.dispatch;

import dev.narrows.jobs.blame.Verdict;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;

/** Something to be done for a run's trials, as {@link Dispatch} wants it. Decisions are carried out in their order. */
public sealed interface Decision {
    /** Calls the visitor's method for this kind of decision. */
    void carryOut(Visitor visitor);

    /**
     * Submit a trial.
     *
     * @param alone true where nothing else of the study may run in its process
     */
    record Submit(Trial trial, boolean alone) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.submit(this);
        }
    }

    /** Cancel the job of a trial, unless the trial has begun: the slot that it waits for will not come free. */
    record Withdraw(Trial trial) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.withdraw(this);
        }
    }

    /** Note a death against a trial where it outlives the driver. */
    record Suspect(Trial trial, boolean alone, String cause) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.suspect(this);
        }
    }

    /** Clear a trial of suspicion and say that it has ended: its row is kept. */
    record Tell(Trial trial, TrialResult result) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.tell(this);
        }
    }

    /** Keep the row of a trial that is to blame for the death of its process, then as {@link Tell}. */
    record Crash(Trial trial, Verdict verdict) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.crash(this);
        }
    }

    /** End the study with an error: it cannot go on. */
    record Stop(RuntimeException error) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.stop(this);
        }
    }

    /**
     * End this process, so that the study goes on in another one.
     *
     * @param hanging number of trials that hang in this one
     */
    record GoOnElsewhere(int hanging) implements Decision {
        @Override
        public void carryOut(Visitor visitor) {
            visitor.goOnElsewhere(this);
        }
    }

    /** One method for each kind of decision, so that the compiler finds a class that forgets one. */
    interface Visitor {
        void submit(Submit submit);

        void withdraw(Withdraw withdraw);

        void suspect(Suspect suspect);

        void tell(Tell tell);

        void crash(Crash crash);

        void stop(Stop stop);

        void goOnElsewhere(GoOnElsewhere elsewhere);
    }
}
