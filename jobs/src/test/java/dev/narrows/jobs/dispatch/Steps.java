package dev.narrows.jobs.dispatch;

import dev.narrows.jobs.Trials;
import dev.narrows.jobs.blame.Death;
import dev.narrows.jobs.blame.Deaths;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trials, events and decisions in few words, for tests of the dispatch. */
final class Steps {
    static final Trial A = Trials.trial("a");
    static final Trial B = Trials.trial("b");
    static final Trial C = Trials.trial("c");
    static final Trial D = Trials.trial("d");

    static final Death ABORT = exit(134);
    static final Death KILL = exit(137);
    static final Death ASKED = exit(143);
    static final Death HANG = exit(Death.HUNG);
    static final Death WORKER_LOST = new Death(Optional.empty(), "host", "worker lost", true);

    private Steps() {}

    /** A dispatch of trials that run in the order in which they are given. */
    static Dispatch dispatch(Trial... trials) {
        return dispatch(Map.of(), trials);
    }

    static Dispatch dispatch(Map<String, Deaths> suspected, Trial... trials) {
        List<Trial> order = List.of(trials);
        return new Dispatch(new Backlog(order, trial -> trials.length - order.indexOf(trial)), suspected);
    }

    /** The end of a process on {@code host}. */
    static Death exit(int code) {
        return new Death(Optional.of(code), "host", "", false);
    }

    static Event room(int places) {
        return new Event.Room(places);
    }

    static Event ended(Trial trial) {
        return new Event.TrialEnded(trial, result(trial));
    }

    static Event died(Trial trial, Death death) {
        return new Event.ProcessDied(trial, death);
    }

    static Event diedAfterwards(Trial trial) {
        return new Event.DiedAfterwards(trial, result(trial));
    }

    static Event failed(Trial trial) {
        return new Event.JobFailed(trial, new IllegalStateException("no room for the row of " + trial.id()));
    }

    static Event hangs(Trial trial) {
        return new Event.TrialHangs(trial, result(trial));
    }

    static Event cancelled() {
        return new Event.RunCancelled();
    }

    static TrialResult result(Trial trial) {
        return Trials.completed(trial, 0.5);
    }

    static Decision together(Trial trial) {
        return new Decision.Submit(trial, false);
    }

    static Decision alone(Trial trial) {
        return new Decision.Submit(trial, true);
    }

    static Decision tell(Trial trial) {
        return new Decision.Tell(trial, result(trial));
    }

    static Decision suspectTogether(Trial trial, String cause) {
        return new Decision.Suspect(trial, false, cause);
    }

    static Decision suspectAlone(Trial trial, String cause) {
        return new Decision.Suspect(trial, true, cause);
    }

    static Decision withdraw(Trial trial) {
        return new Decision.Withdraw(trial);
    }
}
