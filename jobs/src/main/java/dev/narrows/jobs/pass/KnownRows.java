package dev.narrows.jobs.pass;

import dev.narrows.results.TrialRecord;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The trials that a driver knows, and their rows: of those that ended before, and of those that end while it runs. */
public final class KnownRows implements TrialListener {
    private final List<Trial> planned;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<String, String> reasons = new TreeMap<>();
    private final Map<String, TrialRow> rows = new TreeMap<>();
    private final Map<String, TrialRow> replaced = new TreeMap<>();
    private final Set<String> goingOn = new HashSet<>();
    private final boolean searched;
    private int endings;

    /**
     * The trials of a study.
     *
     * @param planned trials of its plan
     * @param searched true where the study has only those of them that have ended or that a search has opened
     */
    public KnownRows(List<Trial> planned, boolean searched) {
        this.planned = List.copyOf(planned);
        this.searched = searched;
        planned.forEach(trial -> places.put(trial.id(), places.size()));
        if (!searched) {
            trials.addAll(planned);
        }
    }

    /** The trials of the study's plan, in its order, whether or not the study has them yet. */
    public List<Trial> planned() {
        return planned;
    }

    /** Takes up trials that the study has from now on; one that is known already is not taken twice. */
    public void add(List<Trial> added) {
        Set<String> known = new HashSet<>(trialIds());
        added.stream().filter(trial -> known.add(trial.id())).forEach(trials::add);
        trials.sort(Comparator.comparingInt(trial -> places.getOrDefault(trial.id(), Integer.MAX_VALUE)));
    }

    /**
     * Takes up trials beyond the plan.
     *
     * @param because the reason for each, by its id
     */
    public void add(List<Trial> added, Map<String, String> because) {
        add(added);
        reasons.putAll(because);
    }

    /** The reasons for the trials beyond the plan, by their ids. */
    public Map<String, String> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    /** The ids of {@link #trials}, in their order. */
    public List<String> trialIds() {
        return trials.stream().map(Trial::id).toList();
    }

    /** The trials that the study has now: those of its plan, in its order, then those that runs have added. */
    public List<Trial> trials() {
        return List.copyOf(trials);
    }

    @Override
    public void ended(Trial trial, TrialRow row) {
        rows.put(trial.id(), row);
        goingOn.remove(trial.id());
        endings++;
    }

    /** Number of ends of trials that this driver has heard of: another one where there are other rows. */
    public int endings() {
        return endings;
    }

    /** True where a trial has paused, and nothing has let it go on. */
    public boolean isPaused(Trial trial) {
        TrialRow row = rows.get(trial.id());
        return row != null && row.outcome() == Outcome.PAUSED && !goingOn.contains(trial.id());
    }

    /** The ids of the trials that go on after a pause, and have not ended since. */
    public Set<String> goingOn() {
        return Set.copyOf(goingOn);
    }

    /** Lets trials that have paused go on. The rows of their pauses stay until they end. */
    public void goOn(List<Trial> paused) {
        for (Trial trial : paused) {
            TrialRow row = Objects.requireNonNull(rows.get(trial.id()));
            goingOn.add(trial.id());
            replaced.put(trial.id(), row);
        }
    }

    /** Takes up the trials that have ended by their records. */
    public void take(TrialRecords records) {
        for (TrialRecord record : records.all()) {
            if (record.origin().isAdded()) {
                reasons.put(record.trialId(), record.origin().reason());
            }
            record.row().ifPresent(row -> take(row, record.isEnded()));
        }
        endings++;
        add(planned.stream()
                .filter(trial -> rows.containsKey(trial.id()) || replaced.containsKey(trial.id()))
                .toList());
    }

    /**
     * Takes up a row. Where a later attempt has begun and left a checkpoint, the row before it is replaced. A pause is
     * a search's: it counts for that search also while the trial goes on, and for nothing else.
     */
    private void take(TrialRow row, boolean last) {
        boolean paused = row.outcome() == Outcome.PAUSED;
        if (paused ? searched : last) {
            rows.put(row.trialId(), row);
        }
        if (paused ? !searched : !last) {
            replaced.put(row.trialId(), row);
        }
    }

    /**
     * The trials that have no row, or one of an outcome that is to be tried again; the rows of those are set aside.
     * Those that go on after a pause are among them.
     *
     * @param retry outcomes to be tried again
     */
    public List<Trial> missing(Set<Outcome> retry) {
        List<Trial> missing = new ArrayList<>();
        for (Trial trial : trials) {
            TrialRow row = rows.get(trial.id());
            if (row == null || goingOn.contains(trial.id())) {
                missing.add(trial);
            } else if (retry.contains(row.outcome())) {
                missing.add(trial);
                rows.remove(trial.id());
                replaced.put(trial.id(), row);
            }
        }
        return List.copyOf(missing);
    }

    /** The row of an earlier attempt at a trial that runs again, or null. */
    @Nullable
    public TrialRow replaced(Trial trial) {
        return replaced.get(trial.id());
    }

    /** The ids of the trials that have ended and do not run again; one that has paused may go on. */
    public Set<String> ids() {
        return rows.values().stream()
                .filter(row -> row.outcome() != Outcome.PAUSED)
                .map(TrialRow::trialId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ids of the trials that have paused and not ended since, also of those that left the grid. */
    public Set<String> pausedIds() {
        Set<String> ended = ids();
        return Stream.concat(rows.values().stream(), replaced.values().stream())
                .filter(row -> row.outcome() == Outcome.PAUSED && !ended.contains(row.trialId()))
                .map(TrialRow::trialId)
                .collect(Collectors.toSet());
    }

    /** Every row, also of trials that left the grid. */
    public Collection<TrialRow> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** The rows of the study's trials, in the order of its plan. */
    public List<TrialRow> ofTheStudy() {
        return trials.stream()
                .map(trial -> rows.get(trial.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Every row: those of the study's trials in the order of its plan, then those of trials that left the grid. */
    public List<TrialRow> inOrderOfThePlan() {
        Map<String, TrialRow> others = new TreeMap<>(rows);
        List<TrialRow> ordered = new ArrayList<>(ofTheStudy());
        ordered.forEach(row -> others.remove(row.trialId()));
        ordered.addAll(others.values());
        return ordered;
    }
}
