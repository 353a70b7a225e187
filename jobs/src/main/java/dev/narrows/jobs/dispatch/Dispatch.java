package dev.narrows.jobs.dispatch;

import dev.narrows.jobs.blame.Death;
import dev.narrows.jobs.blame.Deaths;
import dev.narrows.jobs.blame.Verdict;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a run: which trial is submitted next, in company or alone, and what becomes of one whose process died,
 * that hangs, or that came to nothing. It hears events and gives decisions, knows no clock and touches nothing, so that
 * the same events always give the same decisions.
 *
 * <p>A trial is in one of these states, each held by one field: <b>waiting</b> (in the backlog, or in {@code again}
 * after a death that was nobody's fault), <b>in flight</b> (submitted, together or alone), <b>quarantined</b> (a
 * suspect that waits for all others), <b>given up</b> (it hangs in this process), or <b>ended</b>, which is not
 * remembered: one that has paused is handed over once more where it is to go on.
 *
 * <p>A suspect is a trial whose process died while it ran; it runs again alone, after all others. Deaths alone are its
 * own, and {@link Deaths} says how many make it {@code crashed}. A trial that ends is no suspect.
 *
 */
public final class Dispatch {
    private final Backlog backlog;
    private final Map<String, Deaths> suspected;
    private final Deque<Trial> again = new ArrayDeque<>();
    private final Map<String, InFlight> inFlight = new LinkedHashMap<>();
    private final Deque<Trial> quarantine = new ArrayDeque<>();
    private final EventRules rules = new EventRules();
    private int givenUp;
    private boolean stopped;

    /** @param suspected the suspects that earlier drivers left, by the ids of their trials */
    public Dispatch(Backlog backlog, Map<String, Deaths> suspected) {
        this.backlog = backlog;
        this.suspected = new HashMap<>(suspected);
    }

    private record InFlight(Trial trial, boolean alone) {}

    /** Takes note of an event and decides what to do about it. */
    public List<Decision> on(Event event) {
        return event.tell(rules);
    }

    /** True once nothing is left to be done, or the run was cancelled, or cannot go on. */
    public boolean isOver() {
        return stopped || (nothingWaits() && quarantine.isEmpty() && inFlight.isEmpty());
    }

    /** True while there is nothing to do but to wait for a trial in flight. */
    public boolean isWaiting() {
        return !isOver() && !inFlight.isEmpty();
    }

    /** True once only suspects are left, of which each is submitted alone. */
    public boolean isQuarantine() {
        return nothingWaits() && inFlight.values().stream().allMatch(InFlight::alone);
    }

    private boolean nothingWaits() {
        return backlog.size() == 0 && again.isEmpty();
    }

    private final class EventRules implements Event.Visitor {
        @Override
        public List<Decision> room(Event.Room room) {
            if (stopped || givenUp > 0) {
                return List.of();
            }
            if (isQuarantine()) {
                return alone(room.places());
            }
            // Trials that open while a suspect runs alone wait for its end.
            return inFlight.values().stream().anyMatch(InFlight::alone) ? List.of() : together(room.places());
        }

        @Override
        public List<Decision> opened(Event.TrialsOpened opened) {
            backlog.add(opened.trials());
            return List.of();
        }

        private List<Decision> together(int places) {
            List<Decision> decisions = new ArrayList<>();
            while (inFlight.size() < places && !nothingWaits()) {
                Trial next = again.isEmpty() ? backlog.next().orElseThrow() : again.remove();
                if (suspected.containsKey(next.id())) {
                    quarantine.add(next);
                } else {
                    decisions.add(submit(next, false));
                }
            }
            return decisions;
        }

        private List<Decision> alone(int places) {
            List<Decision> decisions = new ArrayList<>();
            while (inFlight.size() < places && !quarantine.isEmpty()) {
                Trial suspect = quarantine.remove();
                Optional<Verdict> verdict = deaths(suspect).verdict();
                if (verdict.isPresent()) {
                    suspected.remove(suspect.id());
                    decisions.add(new Decision.Crash(suspect, verdict.get()));
                } else {
                    decisions.add(submit(suspect, true));
                }
            }
            return decisions;
        }

        private Decision submit(Trial trial, boolean alone) {
            inFlight.put(trial.id(), new InFlight(trial, alone));
            return new Decision.Submit(trial, alone);
        }

        @Override
        public List<Decision> ended(Event.TrialEnded ended) {
            return end(ended.trial(), ended.result());
        }

        /** A row that was kept counts, however its process went afterwards. */
        @Override
        public List<Decision> diedAfterwards(Event.DiedAfterwards died) {
            return end(died.trial(), died.result());
        }

        private List<Decision> end(Trial trial, TrialResult result) {
            if (inFlight.remove(trial.id()) == null) {
                return List.of();
            }
            suspected.remove(trial.id());
            return andThenElsewhere(List.of(new Decision.Tell(trial, result)));
        }

        @Override
        public List<Decision> died(Event.ProcessDied died) {
            InFlight was = inFlight.remove(died.trial().id());
            // A cancelled run ends processes too, and no trial is to blame.
            return was == null || stopped ? List.of() : andThenElsewhere(lost(was, died.death()));
        }

        private List<Decision> lost(InFlight was, Death death) {
            if (death.isNobodysFault() || (death.isHang() && !was.alone())) {
                (was.alone() ? quarantine : again).add(was.trial());
                return List.of();
            }
            suspected.put(was.trial().id(), deaths(was.trial()).plus(was.alone(), death.cause()));
            quarantine.add(was.trial());
            return List.of(new Decision.Suspect(was.trial(), was.alone(), death.cause()));
        }

        private Deaths deaths(Trial trial) {
            return suspected.getOrDefault(trial.id(), Deaths.NONE_ALONE);
        }

        @Override
        public List<Decision> failed(Event.JobFailed failed) {
            if (inFlight.remove(failed.trial().id()) == null || stopped) {
                return List.of();
            }
            if (givenUp > 0) {
                // Withdrawn, or for the next process to meet again.
                return andThenElsewhere(List.of());
            }
            stopped = true;
            return List.of(new Decision.Stop(failed.error()));
        }

        /** Trials that run beside it may end; those that only wait for a slot may not wait for its. */
        @Override
        public List<Decision> hangs(Event.TrialHangs hangs) {
            if (inFlight.remove(hangs.trial().id()) == null) {
                return List.of();
            }
            suspected.remove(hangs.trial().id());
            List<Decision> decisions = new ArrayList<>();
            decisions.add(new Decision.Tell(hangs.trial(), hangs.result()));
            if (givenUp == 0 && !stopped) {
                inFlight.values().forEach(other -> decisions.add(new Decision.Withdraw(other.trial())));
            }
            givenUp++;
            return andThenElsewhere(decisions);
        }

        private List<Decision> andThenElsewhere(List<Decision> decisions) {
            if (givenUp == 0 || stopped || !inFlight.isEmpty()) {
                return decisions;
            }
            stopped = true;
            List<Decision> all = new ArrayList<>(decisions);
            all.add(new Decision.GoOnElsewhere(givenUp));
            return all;
        }

        /** Wins over everything: nothing is submitted, blamed or called an error after it. Rows are still told. */
        @Override
        public List<Decision> cancelled(Event.RunCancelled cancelled) {
            stopped = true;
            return List.of();
        }
    }
}
