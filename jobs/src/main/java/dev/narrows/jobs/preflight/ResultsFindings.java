package dev.narrows.jobs.preflight;

import dev.narrows.files.Reason;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.trial.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results folder of a study before it runs again: its ended trials, and the findings about it.
 *
 * @param there true where the study has been run into it
 * @param ended ids of the trials that have ended; one that has paused may go on
 * @param rows of them, as far as they can be read
 */
public record ResultsFindings(boolean there, Set<String> ended, List<TrialRow> rows, List<Finding> findings) {
    public ResultsFindings {
        ended = Set.copyOf(ended);
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /**
     * Findings of the folder as a run would meet it. A folder that cannot be reached is an error, because a run would
     * end there.
     *
     * @throws BadInput where a file of many trials cannot be read
     */
    public static ResultsFindings of(ResultsFolder folder, Study study) {
        List<Finding> findings = new ArrayList<>();
        Set<String> ended = Set.of();
        List<TrialRow> rows = List.of();
        boolean there = false;
        try {
            folder.refuses(study.name()).ifPresent(reason -> findings.add(finding(Severity.ERROR, reason)));
            there = folder.isThere();
            if (there) {
                folder.driver().map(driver -> DriverLock.taken(folder, study.name(), driver)).stream()
                        .flatMap(refusal -> refusal.problems().stream())
                        .forEach(problem -> findings.add(finding(Severity.ERROR, problem)));
                UnreadableFiles unreadable = new UnreadableFiles();
                ended = new HashSet<>(folder.journal().ended(unreadable::row));
                unreadable.notes().forEach(note -> findings.add(finding(Severity.WARNING, note)));
                rows = folder.journal().rows();
                for (TrialRow row : rows) {
                    if (row.outcome() == Outcome.PAUSED) {
                        ended.remove(row.trialId());
                    }
                }
            }
        } catch (BadInput e) {
            throw e;
        } catch (RuntimeException e) {
            findings.add(unreachable(folder, e));
        }
        return new ResultsFindings(there, ended, rows, findings);
    }

    /** The findings of one that only plans: nothing about a results folder keeps it from that. */
    public List<Finding> forPlan() {
        return findings.stream().map(Finding::softened).toList();
    }

    private static Finding unreachable(ResultsFolder folder, RuntimeException failure) {
        return finding(Severity.ERROR, "Cannot reach the results in %s: %s".formatted(folder, Reason.of(failure)));
    }

    private static Finding finding(Severity severity, String sentence) {
        return new Finding(severity, Topic.RESULTS, "", sentence, Map.of(), "");
    }
}
